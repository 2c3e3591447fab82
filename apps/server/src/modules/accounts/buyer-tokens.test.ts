import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { buildBuyerTokens } from './buyer-tokens.ts';

const key = Buffer.alloc(32, 7);
const nowMs = Date.UTC(2026, 0, 1);
const inAnHour = nowMs / 1000 + 3600;

test('an issued token is valid and names one buyer until it expires', () => {
  const tokens = buildBuyerTokens(key);
  const token = tokens.issue(inAnHour);
  assert.match(token, /^bys_[A-Za-z0-9_-]{52}$/);
  const check = tokens.check(token, nowMs);
  assert.equal(check.kind, 'valid');
  assert.match(check.kind === 'valid' ? check.buyerKey : '', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  assert.deepEqual(tokens.check(token, nowMs), check);
  assert.deepEqual(tokens.check(token, inAnHour * 1000), { kind: 'expired' });
  assert.notDeepEqual(tokens.check(tokens.issue(inAnHour), nowMs), check);
});

test('another token of the same buyer names the same key, whatever its bytes', () => {
  const tokens = buildBuyerTokens(key);
  fc.assert(
    fc.property(fc.uuid(), (buyerKey) => {
      assert.deepEqual(tokens.check(tokens.issueFor(buyerKey, inAnHour), nowMs), { kind: 'valid', buyerKey });
    }),
  );
  const check = tokens.check(tokens.issue(inAnHour), nowMs);
  assert.equal(check.kind, 'valid');
  assert.deepEqual(tokens.check(tokens.issueFor(check.buyerKey, inAnHour + 60), nowMs), check);
});

test('a token with any one character changed is invalid', () => {
  const tokens = buildBuyerTokens(key);
  const token = tokens.issue(inAnHour);
  for (let at = 0; at < token.length; at += 1) {
    const other = token[at] === 'A' ? 'B' : 'A';
    const forged = token.slice(0, at) + other + token.slice(at + 1);
    assert.deepEqual(tokens.check(forged, nowMs), { kind: 'invalid' }, forged);
  }
});

test('a token has one spelling', () => {
  const tokens = buildBuyerTokens(key);
  const found = Array.from({ length: 200 }, () => tokens.issue(inAnHour)).filter((token) => /[-_]/.test(token.slice(4)));
  assert.ok(found.length > 0);
  for (const token of found) {
    const respelled = `bys_${token.slice(4).replaceAll('-', '+').replaceAll('_', '/')}`;
    assert.deepEqual(tokens.check(respelled, nowMs), { kind: 'invalid' }, respelled);
  }
});

test('a token of another key is invalid, and so is any other text', () => {
  const tokens = buildBuyerTokens(key);
  assert.deepEqual(tokens.check(buildBuyerTokens(Buffer.alloc(32, 8)).issue(inAnHour), nowMs), { kind: 'invalid' });
  fc.assert(fc.property(fc.string({ maxLength: 80 }), (text) => tokens.check(`bys_${text}`, nowMs).kind === 'invalid'));
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', minLength: 52, maxLength: 52 }),
      (text) => tokens.check(`bys_${text}`, nowMs).kind === 'invalid',
    ),
  );
});
