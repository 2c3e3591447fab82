import { randomFillSync, timingSafeEqual } from 'node:crypto';
import { dashed } from '../../platform/ids/index.ts';
import { buildHmac } from './one-shot-hmac.ts';

/**
 * A buyer session is a token of ours and nothing else: no row is read to check it.
 *
 *   bys_ + base64url( version 1 byte | expiry, seconds since 1970, 4 bytes | buyer key 16 bytes | signature 18 bytes )
 *
 * The signature is HMAC-SHA-256 (RFC 2104) over what precedes it, cut to 144 bits.
 */
const PREFIX = 'bys_';
const VERSION = 1;
const EXPIRY_AT = 1;
const KEY_AT = 5;
const SIGNATURE_AT = 21;
const SIGNATURE_BYTES = 18;
const TOKEN_BYTES = SIGNATURE_AT + SIGNATURE_BYTES;
const TOKEN_CHARS = PREFIX.length + (TOKEN_BYTES * 4) / 3;
const CANONICAL = /^bys_[A-Za-z0-9_-]+$/;

export type BuyerTokenCheck = { kind: 'valid'; buyerKey: string } | { kind: 'expired' } | { kind: 'invalid' };

export type BuyerTokens = {
  /** A token for a new buyer. Expiry in whole seconds since 1970. */
  issue(expiresAtSeconds: number): string;
  /** Another token for a buyer who is known by key. */
  issueFor(buyerKey: string, expiresAtSeconds: number): string;
  check(token: string, nowMs: number): BuyerTokenCheck;
};

/** Signs and checks with a key of any length. Not safe to share between threads: it works in buffers of its own. */
export function buildBuyerTokens(serverKey: Uint8Array): BuyerTokens {
  const sign = buildHmac(serverKey, SIGNATURE_AT);
  const begin = (expiresAtSeconds: number): Buffer => {
    const bytes = Buffer.alloc(TOKEN_BYTES);
    bytes[0] = VERSION;
    bytes.writeUInt32BE(expiresAtSeconds, EXPIRY_AT);
    return bytes;
  };
  const finish = (bytes: Buffer): string => {
    sign(bytes).copy(bytes, SIGNATURE_AT, 0, SIGNATURE_BYTES);
    return PREFIX + bytes.toString('base64url');
  };
  return {
    issue: (expiresAtSeconds) => {
      const bytes = begin(expiresAtSeconds);
      randomFillSync(bytes, KEY_AT, SIGNATURE_AT - KEY_AT);
      return finish(bytes);
    },
    issueFor: (buyerKey, expiresAtSeconds) => {
      const bytes = begin(expiresAtSeconds);
      bytes.write(buyerKey.replaceAll('-', ''), KEY_AT, 'hex');
      return finish(bytes);
    },
    check: (token, nowMs) => {
      // Node reads other spellings of base64 too; a session has one.
      if (token.length !== TOKEN_CHARS || !CANONICAL.test(token)) return { kind: 'invalid' };
      const bytes = Buffer.from(token.slice(PREFIX.length), 'base64url');
      if (bytes.length !== TOKEN_BYTES || bytes[0] !== VERSION) return { kind: 'invalid' };
      const expected = sign(bytes).subarray(0, SIGNATURE_BYTES);
      if (!timingSafeEqual(expected, bytes.subarray(SIGNATURE_AT))) return { kind: 'invalid' };
      if (bytes.readUInt32BE(EXPIRY_AT) * 1000 <= nowMs) return { kind: 'expired' };
      return { kind: 'valid', buyerKey: dashed(bytes.toString('hex', KEY_AT, SIGNATURE_AT)) };
    },
  };
}
