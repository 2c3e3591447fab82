import { hash, randomBytes } from 'node:crypto';

const SECRET_BYTES = 32;

/** A random secret that is shown once and kept as its hash. The prefix tells people, and scanners of leaked secrets, what it is. */
export function newSecret(prefix: 'rft' | 'mlt'): string {
  return `${prefix}_${randomBytes(SECRET_BYTES).toString('base64url')}`;
}

/** SHA-256: a secret of 256 random bits cannot be guessed, so nothing slower is needed. */
export function hashOfSecret(secret: string): Buffer {
  return hash('sha256', secret, 'buffer');
}
