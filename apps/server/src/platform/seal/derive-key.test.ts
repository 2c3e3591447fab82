import assert from 'node:assert/strict';
import { createHmac, hkdfSync } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { InvariantError } from '../invariant.ts';
import { deriveKey } from './index.ts';

const serverKey = Buffer.alloc(32, 7);

/** HKDF as RFC 5869 sections 2.2 and 2.3 write it, against which deriveKey is held. */
function hkdf({ ikm, salt, info, length }: { ikm: Buffer; salt: Buffer; info: Buffer; length: number }): Buffer {
  const pseudorandomKey = createHmac('sha256', salt).update(ikm).digest();
  let output = Buffer.alloc(0);
  let last = Buffer.alloc(0);
  for (let round = 1; output.length < length; round += 1) {
    last = createHmac('sha256', pseudorandomKey).update(last).update(info).update(Buffer.of(round)).digest();
    output = Buffer.concat([output, last]);
  }
  return output.subarray(0, length);
}

test('the HKDF of this test and of node:crypto give the vectors of RFC 5869, appendices A.1 and A.3', () => {
  const ikm = Buffer.alloc(22, 0x0b);
  const vectors = [
    {
      salt: '000102030405060708090a0b0c',
      info: 'f0f1f2f3f4f5f6f7f8f9',
      output: '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865',
    },
    { salt: '', info: '', output: '8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8' },
  ];
  for (const vector of vectors) {
    const salt = Buffer.from(vector.salt, 'hex');
    const info = Buffer.from(vector.info, 'hex');
    assert.equal(hkdf({ ikm, salt, info, length: 42 }).toString('hex'), vector.output);
    assert.equal(Buffer.from(hkdfSync('sha256', ikm, salt, info, 42)).toString('hex'), vector.output);
  }
});

test('a derived key is the HKDF with the empty salt and the purpose as info', () => {
  const keys = fc.uint8Array({ minLength: 1, maxLength: 100 });
  fc.assert(
    fc.property(keys, fc.string({ minLength: 1, unit: 'binary' }), fc.integer({ min: 1, max: 200 }), (key, purpose, length) => {
      const ikm = Buffer.from(key);
      const info = Buffer.from(`tessera ${purpose}`);
      assert.deepEqual(deriveKey(ikm, purpose, length), hkdf({ ikm, salt: Buffer.alloc(0), info, length }));
    }),
  );
});

test('a derived key has 32 bytes unless told, and differs by purpose and by server key', () => {
  assert.equal(deriveKey(serverKey, 'people').length, 32);
  assert.deepEqual(deriveKey(serverKey, 'people'), deriveKey(serverKey, 'people'));
  assert.notDeepEqual(deriveKey(serverKey, 'people'), deriveKey(serverKey, 'lookup'));
  assert.notDeepEqual(deriveKey(serverKey, 'people'), deriveKey(Buffer.alloc(32, 8), 'people'));
});

test('no key comes from an empty server key or for no purpose', () => {
  assert.throws(() => deriveKey(Buffer.alloc(0), 'people'), InvariantError);
  assert.throws(() => deriveKey(serverKey, ''), InvariantError);
});
