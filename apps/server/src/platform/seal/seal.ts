import { isUtf8 } from 'node:buffer';
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { invariant } from '../invariant.ts';

/**
 * Personal values are sealed with a key per person, and that key under a key of the server: whoever deletes the row with
 * the person's key makes everything sealed under it unreadable, in replicas too. A backup made before still has that row.
 *
 *   version 1 byte (1) | nonce 12 bytes | ciphertext | tag 16 bytes          AES-256-GCM (NIST SP 800-38D)
 *
 * The context is the additional authenticated data. It names the place of the value, such as `people.email <person id>`,
 * so that who can write to the database cannot move a value to another place and have it shown there.
 *
 * The nonce is random: one key may seal up to 2^32 values before a repeated nonce becomes likelier than 2^-32. A person's
 * key seals a few, the server's one per person. A repeated nonce is the worse mistake, so it is never taken as an argument.
 */
export const KEY_BYTES = 32;
const CIPHER = 'aes-256-gcm';
const VERSION = 1;
const NONCE_AT = 1;
const NONCE_BYTES = 12;
const TEXT_AT = NONCE_AT + NONCE_BYTES;
const TAG_BYTES = 16;

/** Seals a text as UTF-8: 29 bytes longer than it. A lone surrogate, which UTF-8 cannot hold, comes back as U+FFFD. */
export function seal(key: Buffer, plain: string, context: string): Buffer {
  return sealBytes(key, Buffer.from(plain, 'utf8'), context);
}

/** The text, or null for anything that `seal` did not make with this key and this context. */
export function unseal(key: Buffer, sealed: Buffer, context: string): string | null {
  const plain = unsealBytes(key, sealed, context);
  return plain === null || !isUtf8(plain) ? null : plain.toString('utf8');
}

/** Seals bytes, such as a person's key: 29 bytes longer than they. */
export function sealBytes(key: Buffer, plain: Buffer, context: string): Buffer {
  requireKey(key);
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(context, 'utf8'));
  const text = cipher.update(plain);
  cipher.final();
  return Buffer.concat([Buffer.of(VERSION), nonce, text, cipher.getAuthTag()]);
}

/** The bytes, or null for anything that was not sealed with this key and this context. */
export function unsealBytes(key: Buffer, sealed: Buffer, context: string): Buffer | null {
  requireKey(key);
  if (sealed.length < TEXT_AT + TAG_BYTES || sealed[0] !== VERSION) return null;
  const tagAt = sealed.length - TAG_BYTES;
  const decipher = createDecipheriv(CIPHER, key, sealed.subarray(NONCE_AT, TEXT_AT), { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(context, 'utf8'));
  decipher.setAuthTag(sealed.subarray(tagAt));
  const plain = decipher.update(sealed.subarray(TEXT_AT, tagAt));
  try {
    decipher.final();
  } catch {
    // Node throws here for a wrong tag and for nothing else; which input was wrong cannot be known.
    return null;
  }
  return plain;
}

/**
 * HMAC-SHA-256 of a text, 32 bytes: a column of it finds a value by equality without telling it. The caller brings the
 * text into one form first (an address in lower case), and derives the key for this purpose alone.
 */
export function lookupHash(key: Buffer, text: string): Buffer {
  requireKey(key);
  return createHmac('sha256', key).update(text, 'utf8').digest();
}

function requireKey(key: Buffer): void {
  invariant(key.length === KEY_BYTES, `a key has ${KEY_BYTES} bytes`);
}
