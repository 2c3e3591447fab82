import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { newKeyToken, parseKeyToken } from './key-token.ts';

test('a token is known again by its hash, and shows what it is', () => {
  for (const isTest of [false, true]) {
    const { token, prefix, hash } = newKeyToken({ isTest });
    assert.match(token, isTest ? /^tsk_test_[\w-]{48}$/ : /^tsk_live_[\w-]{48}$/);
    assert.ok(token.startsWith(prefix) && prefix.length === 15);
    assert.deepEqual(parseKeyToken(token), hash);
  }
});

test('any other character anywhere, a cut or an addition is no key', () => {
  const { token } = newKeyToken({ isTest: false });
  const characters = [...'ABCZabcz0189-_+/=. \u0000ü'];
  fc.assert(
    fc.property(fc.nat(token.length - 1), fc.constantFrom(...characters), (at, character) => {
      fc.pre(token[at] !== character);
      assert.equal(parseKeyToken(token.slice(0, at) + character + token.slice(at + 1)), null);
    }),
  );
  for (const other of ['', 'tsk_', token.slice(1), token.slice(0, -1), `${token}A`, token.replace('live', 'test'), token.toUpperCase()]) {
    assert.equal(parseKeyToken(other), null, other);
  }
});
