import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { filesOf, findTestFiles, suiteOf } from './suites.ts';

const folder = mkdtempSync(join(tmpdir(), 'tessera-'));
after(() => rmSync(folder, { recursive: true }));

const files = {
  'apps/server/src/a.test.ts': '',
  'apps/server/src/b.test.ts': "import { createDatabase } from '../../../test/support/database.ts';",
  'apps/server/node_modules/x/c.test.ts': '',
  'bench/d.long.test.ts': '',
  'test/e.engines.test.ts': '',
  'test/support.ts': '',
};
for (const [file, text] of Object.entries(files)) {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}

test('the suffix decides the suite', () => {
  assert.deepEqual(['a.test.ts', 'a.long.test.ts', 'a.engines.test.ts'].map(suiteOf), ['quick', 'long', 'engines']);
});

test('all test files are found, none of packages', () => {
  assert.deepEqual(findTestFiles(folder), [
    'apps/server/src/a.test.ts',
    'apps/server/src/b.test.ts',
    'bench/d.long.test.ts',
    'test/e.engines.test.ts',
  ]);
});

test('engines runs its own files and the quick ones with a database; filters narrow every suite', () => {
  const all = findTestFiles(folder);
  assert.deepEqual(filesOf('quick', all, folder, []), ['apps/server/src/a.test.ts', 'apps/server/src/b.test.ts']);
  assert.deepEqual(filesOf('engines', all, folder, []), ['apps/server/src/b.test.ts', 'test/e.engines.test.ts']);
  assert.deepEqual(filesOf('quick', all, folder, ['b.test']), ['apps/server/src/b.test.ts']);
});
