import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hashOfRecoveryCode, newRecoveryCodes } from './recovery-codes.ts';

test('there are ten codes of fifty bits, no two alike', () => {
  const codes = Array.from({ length: 100 }, newRecoveryCodes);
  for (const ten of codes) assert.equal(ten.length, 10);
  for (const code of codes.flat()) assert.match(code, /^[0-9a-hjkmnp-tv-z]{5}-[0-9a-hjkmnp-tv-z]{5}$/);
  assert.equal(new Set(codes.flat()).size, 1000);
  assert.equal(new Set(codes.flat().join('').replaceAll('-', '')).size, 32, 'every character comes up');
});

test('a code is the same however it is typed, and another is another', () => {
  const hash = hashOfRecoveryCode('01abc-defgh');
  for (const typed of ['01abcdefgh', '01ABC-DEFGH', 'oIabc-defgh', 'Olabc-def-gh'])
    assert.deepEqual(hashOfRecoveryCode(typed), hash, typed);
  for (const other of ['01abc-defgj', '01abc-defg', '', '11abc-defgh']) assert.notDeepEqual(hashOfRecoveryCode(other), hash, other);
});
