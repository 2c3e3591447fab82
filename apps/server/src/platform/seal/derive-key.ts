import { hkdfSync } from 'node:crypto';
import { invariant } from '../invariant.ts';

const NO_SALT = Buffer.alloc(0);

/**
 * A key for one purpose from the server's key: HKDF with SHA-256 (RFC 5869), the empty salt and the info
 * `tessera <purpose>`. The same inputs give the same key on every server; keys of two purposes tell nothing of each other.
 * `bytes` is 32 unless told, at most 8,160 (255 hashes), else node:crypto throws.
 */
export function deriveKey(serverKey: Buffer, purpose: string, bytes = 32): Buffer {
  // Without these, a missing setting would quietly give keys that anybody can compute, or one key for two purposes.
  invariant(serverKey.length > 0, 'keys are derived from a server key that is not empty');
  invariant(purpose.length > 0, 'a derived key has a purpose');
  return Buffer.from(hkdfSync('sha256', serverKey, NO_SALT, `tessera ${purpose}`, bytes));
}
