import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { buildHmac } from './one-shot-hmac.ts';

test('the one-shot HMAC is the HMAC of RFC 2104, for keys of any length', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 0, maxLength: 200 }), fc.uint8Array({ minLength: 21, maxLength: 60 }), (secret, message) => {
      const expected = createHmac('sha256', secret).update(message.subarray(0, 21)).digest();
      assert.deepEqual(buildHmac(secret, 21)(message), expected);
    }),
  );
});
