import assert from 'node:assert/strict';
import { createDecipheriv, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { InvariantError } from '../invariant.ts';
import { KEY_BYTES, lookupHash, seal, sealBytes, unseal, unsealBytes } from './index.ts';

const key = randomBytes(KEY_BYTES);
const texts = fc.string({ unit: 'binary', maxLength: 200 });
const keys = fc.uint8Array({ minLength: KEY_BYTES, maxLength: KEY_BYTES }).map((bytes) => Buffer.from(bytes));
const byteStrings = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes));

test('what was sealed is read again with its key and context', () => {
  fc.assert(fc.property(keys, texts, texts, (key, plain, context) => assert.equal(unseal(key, seal(key, plain, context), context), plain)));
  fc.assert(
    fc.property(keys, byteStrings, texts, (key, plain, context) => {
      assert.deepEqual(unsealBytes(key, sealBytes(key, plain, context), context), plain);
    }),
  );
});

test('a text comes back as it was: empty, with a byte order mark, with emoji', () => {
  for (const plain of ['', '\ufeffmark', 'Zoë 🎟️', '\u0000', 'a'.repeat(100_000)])
    assert.equal(unseal(key, seal(key, plain, 'c'), 'c'), plain);
});

test('the layout is version, nonce, ciphertext, tag, as AES-256-GCM of node:crypto reads it', () => {
  const sealed = seal(key, 'zoe@example.org', 'people.email 1');
  assert.equal(sealed.length, 1 + 12 + 'zoe@example.org'.length + 16);
  assert.equal(sealed[0], 1);
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, 13), { authTagLength: 16 });
  decipher.setAAD(Buffer.from('people.email 1'));
  decipher.setAuthTag(sealed.subarray(-16));
  assert.equal(decipher.update(sealed.subarray(13, -16), undefined, 'utf8') + decipher.final('utf8'), 'zoe@example.org');
});

test('every changed byte is found out', () => {
  fc.assert(
    fc.property(texts, fc.nat(), fc.integer({ min: 1, max: 255 }), (plain, place, change) => {
      const sealed = seal(key, plain, 'context');
      const at = place % sealed.length;
      sealed[at]! ^= change;
      assert.equal(unseal(key, sealed, 'context'), null, `byte ${at}`);
    }),
  );
  const sealed = seal(key, 'zoe@example.org', 'context');
  for (let bit = 0; bit < sealed.length * 8; bit += 1) {
    const changed = Buffer.from(sealed);
    changed[bit >>> 3]! ^= 1 << (bit & 7);
    assert.equal(unseal(key, changed, 'context'), null, `bit ${bit}`);
  }
});

test('every shorter and longer form is refused', () => {
  const sealed = seal(key, 'zoe@example.org', 'context');
  for (let length = 0; length < sealed.length; length += 1) {
    assert.equal(unseal(key, sealed.subarray(0, length), 'context'), null, `the first ${length} bytes`);
    assert.equal(unseal(key, sealed.subarray(sealed.length - length), 'context'), null, `the last ${length} bytes`);
  }
  assert.equal(unseal(key, Buffer.concat([sealed, Buffer.of(0)]), 'context'), null);
});

test('anything that was never sealed is null, not an exception', () => {
  fc.assert(fc.property(byteStrings, texts, (bytes, context) => assert.equal(unseal(key, bytes, context), null)));
  const dressed = byteStrings.map((bytes) => Buffer.concat([Buffer.of(1), bytes]));
  fc.assert(fc.property(dressed, texts, (bytes, context) => assert.equal(unsealBytes(key, bytes, context), null)));
});

test('another context and another key are refused', () => {
  const sealed = seal(key, 'zoe@example.org', 'people.email 1');
  for (const context of ['', 'people.email 2', 'people.email 11', 'people.name 1', 'people.email 1 ']) {
    assert.equal(unseal(key, sealed, context), null, context);
  }
  fc.assert(fc.property(keys, (other) => assert.equal(unseal(other, sealed, 'people.email 1'), null)));
  assert.equal(unseal(key, sealed, 'people.email 1'), 'zoe@example.org');
});

test('sealed bytes that are no UTF-8 are no text', () => {
  const sealed = sealBytes(key, Buffer.of(0xff, 0xfe), 'context');
  assert.equal(unseal(key, sealed, 'context'), null);
  assert.deepEqual(unsealBytes(key, sealed, 'context'), Buffer.of(0xff, 0xfe));
});

test('two seals of one text differ, in nonce and in ciphertext', () => {
  const seals = Array.from({ length: 1000 }, () => seal(key, 'zoe@example.org', 'context'));
  assert.equal(new Set(seals.map((sealed) => sealed.toString('hex', 1, 13))).size, 1000);
  assert.equal(new Set(seals.map((sealed) => sealed.toString('hex', 13, 28))).size, 1000);
});

test('no plain text, context or key lies in what is sealed', () => {
  const plain = 'a rather long and easily found address@example.org';
  const sealed = seal(key, plain, 'people.email 1');
  for (let at = 0; at + 4 <= plain.length; at += 1) assert.equal(sealed.includes(plain.slice(at, at + 4)), false);
  assert.equal(sealed.includes('people'), false);
  assert.equal(sealed.includes(key.subarray(0, 4)), false);
});

test('whoever loses the person’s key loses every value sealed with it', () => {
  const personKey = randomBytes(KEY_BYTES);
  const stored = sealBytes(key, personKey, 'people.key 1');
  const email = seal(personKey, 'zoe@example.org', 'people.email 1');
  const opened = unsealBytes(key, stored, 'people.key 1');
  assert.ok(opened !== null);
  assert.equal(unseal(opened, email, 'people.email 1'), 'zoe@example.org');
  assert.equal(unseal(key, email, 'people.email 1'), null);
});

test('a lookup hash is the HMAC of RFC 4231, the same for the same text and key alone', () => {
  // The RFC's keys are shorter; HMAC fills them up with zeros, so that a padded key gives the same hash (test case 2).
  const padded = Buffer.concat([Buffer.from('Jefe'), Buffer.alloc(KEY_BYTES - 4)]);
  const expected = '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843';
  assert.equal(lookupHash(padded, 'what do ya want for nothing?').toString('hex'), expected);
  assert.deepEqual(lookupHash(key, 'zoë'), lookupHash(key, 'zoë'));
  assert.notDeepEqual(lookupHash(key, 'zoë'), lookupHash(key, 'zoe'));
  assert.notDeepEqual(lookupHash(key, 'zoë'), lookupHash(padded, 'zoë'));
});

test('a key of another length is a mistake of ours, not of the data', () => {
  const short = key.subarray(1);
  assert.throws(() => seal(short, 'a', 'c'), InvariantError);
  assert.throws(() => unseal(short, seal(key, 'a', 'c'), 'c'), InvariantError);
  assert.throws(() => lookupHash(short, 'a'), InvariantError);
});
