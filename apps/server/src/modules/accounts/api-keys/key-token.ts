import { hash, randomBytes } from 'node:crypto';

/**
 * A key's token says by its beginning what it is, to people and to scanners of leaked secrets, and by its end whether it was
 * copied whole:
 *
 *   tsk_live_ or tsk_test_ + base64url( secret 32 bytes | checksum 4 bytes )
 *
 * The checksum is the beginning of the SHA-256 of the prefix and the secret: garbage is told apart without asking the database.
 * 36 bytes are 48 characters with no bit left over, so every token has one spelling.
 */
const LIVE = 'tsk_live_';
const TEST = 'tsk_test_';
const SECRET_BYTES = 32;
const CHECKSUM_BYTES = 4;
const TOKEN_CHARS = LIVE.length + ((SECRET_BYTES + CHECKSUM_BYTES) * 4) / 3;
/** Of 43 random characters six are shown: enough to tell keys apart, and no help to who guesses. */
const SHOWN_CHARS = LIVE.length + 6;

export type NewKeyToken = { token: string; prefix: string; hash: Buffer };

export function newKeyToken({ isTest }: { isTest: boolean }): NewKeyToken {
  const prefix = isTest ? TEST : LIVE;
  const secret = randomBytes(SECRET_BYTES);
  const token = prefix + Buffer.concat([secret, checksum(prefix, secret)]).toString('base64url');
  return { token, prefix: token.slice(0, SHOWN_CHARS), hash: hashOfToken(token) };
}

/** Whether a bearer means to be a key at all; what else comes is of another kind. */
export function looksLikeKey(token: string): boolean {
  return token.startsWith('tsk_');
}

/** Under which the key is found; null if no key was ever written so. */
export function parseKeyToken(token: string): Buffer | null {
  if (token.length !== TOKEN_CHARS || !(token.startsWith(LIVE) || token.startsWith(TEST))) return null;
  const prefix = token.slice(0, LIVE.length);
  const bytes = Buffer.from(token.slice(LIVE.length), 'base64url');
  // Decoding skips what it does not know and takes both alphabets: the token must be what its bytes are written as.
  if (prefix + bytes.toString('base64url') !== token) return null;
  const isWhole = checksum(prefix, bytes.subarray(0, SECRET_BYTES)).equals(bytes.subarray(SECRET_BYTES));
  return isWhole ? hashOfToken(token) : null;
}

function checksum(prefix: string, secret: Buffer): Buffer {
  return hash('sha256', Buffer.concat([Buffer.from(prefix), secret]), 'buffer').subarray(0, CHECKSUM_BYTES);
}

function hashOfToken(token: string): Buffer {
  return hash('sha256', token, 'buffer');
}
