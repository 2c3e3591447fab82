import { hash, randomFillSync, timingSafeEqual } from 'node:crypto';
import { dashed } from '../../platform/ids/index.ts';

/**
 * A buyer session is a token of ours and nothing else: no row is read to check it.
 *
 *   bys_ + base64url( version 1 byte | expiry, seconds since 1970, 4 bytes | buyer key 16 bytes | signature 18 bytes )
 *
 * The signature is HMAC-SHA-256 (RFC 2104) over what precedes it, cut to 144 bits. It is computed with two one-shot
 * hashes: every request of a rush brings a session never seen before. Measured: createHmac 11.6 µs, two hashes into new
 * buffers 1.7 µs, two hashes as texts written into one buffer 0.7 µs.
 */
const PREFIX = 'bys_';
const VERSION = 1;
const EXPIRY_AT = 1;
const KEY_AT = 5;
const SIGNATURE_AT = 21;
const SIGNATURE_BYTES = 18;
const TOKEN_BYTES = SIGNATURE_AT + SIGNATURE_BYTES;
const TOKEN_CHARS = PREFIX.length + (TOKEN_BYTES * 4) / 3;
const BLOCK_BYTES = 64;
const HASH_BYTES = 32;

export type BuyerTokenCheck = { kind: 'valid'; buyerKey: string } | { kind: 'expired' } | { kind: 'invalid' };

export type BuyerTokens = {
  /** A token for a new buyer. Expiry in whole seconds since 1970. */
  issue(expiresAtSeconds: number): string;
  check(token: string, nowMs: number): BuyerTokenCheck;
};

/** Signs and checks with a key of any length. Not safe to share between threads: it works in buffers of its own. */
export function buildBuyerTokens(serverKey: Uint8Array): BuyerTokens {
  const sign = buildHmac(serverKey, SIGNATURE_AT);
  return {
    issue: (expiresAtSeconds) => {
      const bytes = Buffer.alloc(TOKEN_BYTES);
      bytes[0] = VERSION;
      bytes.writeUInt32BE(expiresAtSeconds, EXPIRY_AT);
      randomFillSync(bytes, KEY_AT, SIGNATURE_AT - KEY_AT);
      sign(bytes).copy(bytes, SIGNATURE_AT, 0, SIGNATURE_BYTES);
      return PREFIX + bytes.toString('base64url');
    },
    check: (token, nowMs) => {
      if (token.length !== TOKEN_CHARS || !token.startsWith(PREFIX)) return { kind: 'invalid' };
      const bytes = Buffer.from(token.slice(PREFIX.length), 'base64url');
      if (bytes.length !== TOKEN_BYTES || bytes[0] !== VERSION) return { kind: 'invalid' };
      const expected = sign(bytes).subarray(0, SIGNATURE_BYTES);
      if (!timingSafeEqual(expected, bytes.subarray(SIGNATURE_AT))) return { kind: 'invalid' };
      if (bytes.readUInt32BE(EXPIRY_AT) * 1000 <= nowMs) return { kind: 'expired' };
      return { kind: 'valid', buyerKey: dashed(bytes.toString('hex', KEY_AT, SIGNATURE_AT)) };
    },
  };
}

/** HMAC-SHA-256 over the first `messageBytes` of what it is given. The answer is the same buffer at every call. */
export function buildHmac(key: Uint8Array, messageBytes: number): (message: Uint8Array) => Buffer {
  const padded = Buffer.alloc(BLOCK_BYTES);
  padded.set(key.length > BLOCK_BYTES ? hash('sha256', key, 'buffer') : key);
  const inner = Buffer.alloc(BLOCK_BYTES + messageBytes);
  const outer = Buffer.alloc(BLOCK_BYTES + HASH_BYTES);
  const answer = Buffer.alloc(HASH_BYTES);
  for (let at = 0; at < BLOCK_BYTES; at += 1) {
    inner[at] = padded[at]! ^ 0x36;
    outer[at] = padded[at]! ^ 0x5c;
  }
  return (message) => {
    inner.set(message.subarray(0, messageBytes), BLOCK_BYTES);
    outer.write(hash('sha256', inner, 'binary'), BLOCK_BYTES, 'latin1');
    answer.write(hash('sha256', outer, 'binary'), 0, 'latin1');
    return answer;
  };
}
