import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { buildSignatures, TOLERANCE_MS } from './signatures.ts';

const NOW_MS = 1_800_000_000_000;
const SECONDS = String(NOW_MS / 1_000);
const BODY = '{"name":"Zoë 🎟"}';
const bytes = Buffer.from(BODY, 'utf8');
const one = buildSignatures(['the first secret']);

function macOf(secret: string, text: string | Buffer, seconds = SECONDS): string {
  return createHmac('sha256', secret).update(`${seconds}.`).update(text).digest('hex');
}

test('it is HMAC-SHA-256 over time and body, for secrets of every length', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 200 }), fc.string({ maxLength: 300, unit: 'binary' }), (secret, body) => {
      assert.equal(buildSignatures([secret]).sign(body, NOW_MS), `t=${SECONDS},v1=${macOf(secret, Buffer.from(body, 'utf8'))}`);
    }),
  );
});

test('what was signed is good within the tolerance on both sides, stale beyond', () => {
  const header = one.sign(BODY, NOW_MS);
  for (const offsetMs of [0, TOLERANCE_MS, -TOLERANCE_MS]) assert.equal(one.verify(bytes, header, NOW_MS + offsetMs), 'good');
  for (const offsetMs of [TOLERANCE_MS + 1, -TOLERANCE_MS - 1, 1e12]) assert.equal(one.verify(bytes, header, NOW_MS + offsetMs), 'stale');
});

test('while secrets are changed, either side may be first', () => {
  const both = buildSignatures(['the second secret', 'the first secret']);
  assert.equal(one.verify(bytes, both.sign(BODY, NOW_MS), NOW_MS), 'good');
  assert.equal(both.verify(bytes, one.sign(BODY, NOW_MS), NOW_MS), 'good');
  assert.equal(buildSignatures(['the third secret']).verify(bytes, both.sign(BODY, NOW_MS), NOW_MS), 'forged');
});

test('a signature counts among wrong ones and among those of other schemes', () => {
  const right = macOf('the first secret', BODY);
  for (const header of [
    `t=${SECONDS},v1=${'0'.repeat(64)},v1=${right}`,
    `v1=${right},t=${SECONDS}`,
    `t=${SECONDS}, v1=${right}`,
    `t=${SECONDS},v0=abc,v1=${right},v2=${'f'.repeat(64)}`,
  ]) {
    assert.equal(one.verify(bytes, header, NOW_MS), 'good', header);
  }
});

test('no change of body, time or signature is taken', () => {
  const header = one.sign(BODY, NOW_MS);
  fc.assert(
    fc.property(fc.nat({ max: bytes.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const forged = Buffer.from(bytes);
      forged[at]! ^= change;
      assert.equal(one.verify(forged, header, NOW_MS), 'forged');
    }),
  );
  assert.equal(one.verify(Buffer.concat([bytes, Buffer.from(' ')]), header, NOW_MS), 'forged');
  assert.equal(one.verify(Buffer.alloc(0), header, NOW_MS), 'forged');
  assert.equal(one.verify(bytes, header.replace(SECONDS, String(Number(SECONDS) + 1)), NOW_MS), 'forged');
  // The dot belongs to what is signed: digits cannot wander from the body to the time.
  const moved = `t=${SECONDS.slice(0, -1)},v1=${macOf('the first secret', BODY)}`;
  assert.equal(one.verify(Buffer.from(`${SECONDS.slice(-1)}.${BODY}`), moved, NOW_MS), 'forged');
  fc.assert(
    fc.property(fc.stringMatching(/^[0-9a-f]{64}$/), (mac) => {
      assert.equal(one.verify(bytes, `t=${SECONDS},v1=${mac}`, NOW_MS), 'forged');
    }),
  );
});

test('what claims nothing that can be read is unsigned', () => {
  const right = macOf('the first secret', BODY);
  for (const header of [
    undefined,
    '',
    't=',
    `v1=${right}`,
    `t=${SECONDS}`,
    `t=${SECONDS},v1=`,
    `t=${SECONDS},v1=${right.toUpperCase()}`,
    `t=${SECONDS},v1=${right}00`,
    `t=${SECONDS},t=1,v1=${right}`,
    `t=-1,v1=${right}`,
    `t=1e3,v1=${right}`,
    `t=${'9'.repeat(30)},v1=${right}`,
    `t=${SECONDS};v1=${right}`,
    `t=${SECONDS}${`,v1=${right}`.repeat(9)}`,
    `${' '.repeat(3_000)}t=${SECONDS},v1=${right}`,
  ]) {
    assert.equal(one.verify(bytes, header, NOW_MS), 'unsigned', String(header));
  }
});

test('no header crashes it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.uint8Array({ maxLength: 50 }), (header, body) => {
      assert.notEqual(one.verify(Buffer.from(body), header, NOW_MS), 'good');
    }),
  );
});
