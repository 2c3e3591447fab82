import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { configurationText } from './configuration-text.ts';

test('docs/configuration.md is what the settings say; if not, run: npm run configuration', () => {
  assert.equal(readFileSync(resolve(import.meta.dirname, '../docs/configuration.md'), 'utf8'), configurationText());
});
