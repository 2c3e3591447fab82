import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { codeAt } from './test/authenticator.ts';
import { newTotpSecret, stepOfCode, totpUri } from './totp.ts';

/** RFC 6238, appendix B: the ASCII text 12345678901234567890, here in base 32. */
const RFC_SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

/** Its rows for SHA-1: seconds, and the last six of the eight digits. */
const RFC_ROWS: readonly (readonly [number, string])[] = [
  [59, '287082'],
  [1111111109, '081804'],
  [1111111111, '050471'],
  [1234567890, '005924'],
  [2000000000, '279037'],
  [20000000000, '353130'],
];

const nowMs = Date.UTC(2026, 0, 1, 0, 0, 12, 345);
const step = Math.floor(nowMs / 30_000);

test('the codes are those of RFC 6238', () => {
  for (const [seconds, code] of RFC_ROWS) assert.equal(stepOfCode(RFC_SECRET, code, seconds * 1000 + 999), Math.floor(seconds / 30), code);
});

test('a code is good in its step, the one before and the one after', () => {
  const secret = newTotpSecret();
  const codeOf = (at: number) => codeAt(secret, at * 30_000);
  const near = [-1, 0, 1].map((distance) => step + distance);
  for (const at of near) assert.equal(stepOfCode(secret, codeOf(at), nowMs), at);
  const codes = new Set(near.map(codeOf));
  for (const distance of [-100, -3, -2, 2, 3, 100]) {
    const code = codeOf(step + distance);
    // One in a million is another step's code as well.
    if (!codes.has(code)) assert.equal(stepOfCode(secret, code, nowMs), null, `${distance} steps away`);
  }
  assert.equal(stepOfCode(secret, codeOf(step), step * 30_000), step);
  assert.equal(stepOfCode(secret, codeOf(step), (step + 1) * 30_000 - 1), step);
});

test('another secret has other codes', () => {
  const secrets = Array.from({ length: 5 }, newTotpSecret);
  assert.equal(new Set(secrets).size, 5);
  const isTaken = secrets.map((secret) => stepOfCode(secret, codeAt(RFC_SECRET, nowMs), nowMs) !== null);
  // Three codes in a million are right by chance; all five never.
  assert.ok(isTaken.includes(false));
});

test('what is not six digits is wrong, and nothing throws', () => {
  const right = codeAt(RFC_SECRET, nowMs);
  for (const code of ['', right.slice(1), `${right}0`, ` ${right}`, `${right}\n`, right.replace(/^./, '１'), '-00001', '1e5000']) {
    assert.equal(stepOfCode(RFC_SECRET, code, nowMs), null, JSON.stringify(code));
  }
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 20 }), (code) => /^[0-9]{6}$/.test(code) || !stepOfCode(RFC_SECRET, code, nowMs)),
  );
});

test('a secret is 20 random bytes in base 32, and its URI says whose it is', () => {
  const secret = newTotpSecret();
  assert.match(secret, /^[A-Z2-7]{32}$/);
  const uri = new URL(totpUri(secret, 'ada+x&y=1?#@example.org'));
  assert.equal(uri.protocol, 'otpauth:');
  assert.equal(uri.host, 'totp');
  assert.equal(decodeURIComponent(uri.pathname), '/Tessera:ada+x&y=1?#@example.org');
  assert.deepEqual(Object.fromEntries(uri.searchParams), { secret, issuer: 'Tessera' });
});
