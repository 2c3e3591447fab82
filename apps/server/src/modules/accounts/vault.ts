import { randomBytes } from 'node:crypto';
import { invariant } from '../../platform/invariant.ts';
import { deriveKey, KEY_BYTES, lookupHash, seal, sealBytes, unseal, unsealBytes } from '../../platform/seal/index.ts';
import { normalizeEmail } from './email.ts';

/** A person's key, open for use and sealed for its row. */
export type PersonKey = { readonly personId: string; readonly key: Buffer; readonly sealedKey: Buffer };

/** The personal values that are sealed, by the names of their places. */
export type SealedField = 'email' | 'name' | 'device' | 'totp' | 'passkey';

/** Seals what is personal with a key of each person, and finds people by what only they would name. */
export type Vault = {
  newKey(personId: string): PersonKey;
  openKey(personId: string, sealedKey: Buffer): PersonKey;
  seal(person: PersonKey, field: SealedField, value: string): Buffer;
  unseal(person: PersonKey, field: SealedField, sealed: Buffer): string;
  /** Under which an address is found, however it is written. */
  lookupEmail(email: string): Buffer;
  /** Under which attempts are counted. */
  lookupAttempts(what: string, by: string): Buffer;
};

/** Keys of its own are derived from the server's: who has the database alone reads nothing personal in it. */
export function buildVault(serverKey: Buffer): Vault {
  const sealingKey = deriveKey(serverKey, 'person keys');
  const emailKey = deriveKey(serverKey, 'email look-up');
  const attemptKey = deriveKey(serverKey, 'attempts');
  return {
    newKey: (personId) => {
      const key = randomBytes(KEY_BYTES);
      return { personId, key, sealedKey: sealBytes(sealingKey, key, placeOf(personId, 'key')) };
    },
    openKey: (personId, sealedKey) => {
      const key = unsealBytes(sealingKey, sealedKey, placeOf(personId, 'key'));
      invariant(key, 'a person’s key was sealed under the key of this server');
      return { personId, key, sealedKey };
    },
    seal: ({ personId, key }, field, value) => seal(key, value, placeOf(personId, field)),
    unseal: ({ personId, key }, field, sealed) => {
      const value = unseal(key, sealed, placeOf(personId, field));
      invariant(value !== null, 'a person’s value was sealed under the person’s key');
      return value;
    },
    lookupEmail: (email) => lookupHash(emailKey, normalizeEmail(email)),
    lookupAttempts: (what, by) => lookupHash(attemptKey, `${what}\n${by}`),
  };
}

function placeOf(personId: string, field: SealedField | 'key'): string {
  return `${field} of ${personId}`;
}
