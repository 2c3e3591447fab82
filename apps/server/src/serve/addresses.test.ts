import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shownUrl } from './addresses.ts';

test('the shown address opens in a browser on this machine', () => {
  assert.equal(shownUrl('127.0.0.1', 8080), 'http://localhost:8080');
  assert.equal(shownUrl('0.0.0.0', 80), 'http://localhost:80');
  assert.equal(shownUrl('10.0.0.7', 80), 'http://10.0.0.7:80');
  assert.equal(shownUrl('fd00::7', 80), 'http://[fd00::7]:80');
});
