import { randomBytes } from 'node:crypto';
import { hashOfSecret } from './one-time-secret.ts';

/**
 * Codes for who has lost the telephone, each good once. Ten characters of Crockford's base 32 are 50 bits: with 20 attempts
 * in 15 minutes nobody finds one by trying. Who has stolen the database can find them from their hashes with much
 * computing, and still lacks the password beside them.
 */
const CODES = 10;
const CHARS = 10;
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** New codes as people are shown them: `xxxxx-xxxxx`. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: CODES }, () => {
    // 32 divides 256: every character is as likely as any other.
    const code = Array.from(randomBytes(CHARS), (byte) => ALPHABET[byte % ALPHABET.length]).join('');
    return `${code.slice(0, CHARS / 2)}-${code.slice(CHARS / 2)}`;
  });
}

/** Under which a code is kept, however it is typed: without dash, in lower case, what looks alike read as Crockford says. */
export function hashOfRecoveryCode(code: string): Buffer {
  const plain = code.replaceAll('-', '').toLowerCase().replaceAll('o', '0').replaceAll(/[il]/g, '1');
  return hashOfSecret(plain);
}
