import { timingSafeEqual } from 'node:crypto';
import { dashed } from '../../platform/ids/index.ts';
import { invariant } from '../../platform/invariant.ts';
import { buildHmac } from './one-shot-hmac.ts';

/**
 * An access token says who signed in, for the few minutes until it expires. No row is read to check it.
 *
 *   act_ + base64url( version 1 byte | expiry, seconds since 1970, 4 bytes | person id 16 bytes | session id 16 bytes
 *                     | flags 1 byte, bit 0: a second factor was shown | 1 byte zero | signature 18 bytes )
 *
 * The signature is HMAC-SHA-256 (RFC 2104) over what precedes it, cut to 144 bits. 57 bytes are 76 characters with no bit
 * left over, so every token has one spelling.
 */
const PREFIX = 'act_';
const VERSION = 1;
const EXPIRY_AT = 1;
const PERSON_AT = 5;
const SESSION_AT = 21;
const FLAGS_AT = 37;
const RESERVED_AT = 38;
const SIGNATURE_AT = 39;
const UUID_BYTES = 16;
const SIGNATURE_BYTES = 18;
const TOKEN_BYTES = SIGNATURE_AT + SIGNATURE_BYTES;
const TOKEN_CHARS = PREFIX.length + (TOKEN_BYTES * 4) / 3;
const SECOND_FACTOR = 1;
const EXPIRY_SECONDS_MAX = 0xffff_ffff;

/** Too few costs a signature for each request of those left out; too many costs memory: 10,000 keep 10 MB. */
export const ACCESS_CACHE_MAX = 10_000;

/** Ids are UUIDs in lower-case text. */
export type AccessClaims = { personId: string; sessionId: string; hasSecondFactor: boolean; expiresAtSeconds: number };

export type AccessTokenCheck = { kind: 'valid'; claims: AccessClaims } | { kind: 'expired' } | { kind: 'invalid' };

export type AccessTokens = {
  issue(claims: AccessClaims): string;
  /** Valid answers are frozen: a token seen before gets the same object again. */
  check(token: string, nowMs: number): AccessTokenCheck;
};

type Valid = Extract<AccessTokenCheck, { kind: 'valid' }>;

/** Signs and checks with a key of any length that signs nothing else. Not safe to share between threads: it works in buffers of its own. */
export function buildAccessTokens(key: Uint8Array): AccessTokens {
  const sign = buildHmac(key, SIGNATURE_AT);
  const seen = buildRecent<Valid>(ACCESS_CACHE_MAX);
  return {
    issue: (claims) => {
      const bytes = encodeClaims(claims);
      sign(bytes).copy(bytes, SIGNATURE_AT, 0, SIGNATURE_BYTES);
      return PREFIX + bytes.toString('base64url');
    },
    check: (token, nowMs) => {
      if (token.length !== TOKEN_CHARS) return { kind: 'invalid' };
      const cached = seen.get(token);
      if (cached !== undefined) return isExpired(cached.claims, nowMs) ? { kind: 'expired' } : cached;
      const bytes = Buffer.from(token.slice(PREFIX.length), 'base64url');
      // Decoding skips what it does not know and takes both alphabets: the token must be what its bytes are written as.
      const canonical = PREFIX + bytes.toString('base64url');
      if (canonical !== token) return { kind: 'invalid' };
      const expected = sign(bytes).subarray(0, SIGNATURE_BYTES);
      if (!timingSafeEqual(expected, bytes.subarray(SIGNATURE_AT))) return { kind: 'invalid' };
      const claims = decodeClaims(bytes);
      if (claims === null) return { kind: 'invalid' };
      if (isExpired(claims, nowMs)) return { kind: 'expired' };
      const valid: Valid = Object.freeze({ kind: 'valid', claims: Object.freeze(claims) });
      // The text made here is kept, not the caller's, which may be a slice that keeps a whole request alive.
      seen.set(canonical, valid);
      return valid;
    },
  };
}

function isExpired(claims: AccessClaims, nowMs: number): boolean {
  return claims.expiresAtSeconds * 1000 <= nowMs;
}

function encodeClaims({ personId, sessionId, hasSecondFactor, expiresAtSeconds }: AccessClaims): Buffer {
  const isInRange = Number.isInteger(expiresAtSeconds) && expiresAtSeconds >= 0 && expiresAtSeconds <= EXPIRY_SECONDS_MAX;
  invariant(isInRange, 'the expiry of an access token is whole seconds in 32 bits');
  const bytes = Buffer.alloc(TOKEN_BYTES);
  bytes[0] = VERSION;
  bytes.writeUInt32BE(expiresAtSeconds, EXPIRY_AT);
  writeUuid(bytes, personId, PERSON_AT);
  writeUuid(bytes, sessionId, SESSION_AT);
  bytes[FLAGS_AT] = hasSecondFactor ? SECOND_FACTOR : 0;
  return bytes;
}

/** Null for a version, a flag or a reserved byte not known here: what it would mean cannot be guessed. */
function decodeClaims(bytes: Buffer): AccessClaims | null {
  const flags = bytes[FLAGS_AT]!;
  if (bytes[0] !== VERSION || (flags & ~SECOND_FACTOR) !== 0 || bytes[RESERVED_AT] !== 0) return null;
  return {
    personId: readUuid(bytes, PERSON_AT),
    sessionId: readUuid(bytes, SESSION_AT),
    hasSecondFactor: (flags & SECOND_FACTOR) !== 0,
    expiresAtSeconds: bytes.readUInt32BE(EXPIRY_AT),
  };
}

function writeUuid(bytes: Buffer, uuid: string, at: number): void {
  const hex = uuid.replaceAll('-', '');
  invariant(hex.length === 2 * UUID_BYTES && bytes.write(hex, at, 'hex') === UUID_BYTES, 'an id in an access token is a UUID');
}

function readUuid(bytes: Buffer, at: number): string {
  return dashed(bytes.toString('hex', at, at + UUID_BYTES));
}

/**
 * At most `max` values, in two generations. New ones and those asked for again are young; when the young fill half, they
 * become the old and the old are forgotten. So what is in use stays, and no list of uses is kept.
 */
function buildRecent<T>(max: number): { get(key: string): T | undefined; set(key: string, value: T): void } {
  let young = new Map<string, T>();
  let old = new Map<string, T>();
  const set = (key: string, value: T): void => {
    if (young.size >= max / 2) {
      old = young;
      young = new Map();
    }
    young.set(key, value);
  };
  return {
    set,
    get: (key) => {
      const value = young.get(key);
      if (value !== undefined) return value;
      const older = old.get(key);
      if (older !== undefined) set(key, older);
      return older;
    },
  };
}
