import { randomBytes } from 'node:crypto';
import { invariant } from '../../platform/invariant.ts';
import { deriveKey, KEY_BYTES, lookupHash, seal, sealBytes, unseal, unsealBytes } from '../../platform/seal/index.ts';
import { normalizeEmail } from '../accounts/index.ts';

/** An address as stored: unreadable without the key, which lies in a row of its own. */
export type SealedContact = { sealedKey: Buffer; emailSealed: Buffer };

/** Under which an address is found: as people ask for it, whatever the case, and to the letter. */
export type EmailLookups = { emailLookup: Buffer; mailboxLookup: Buffer };

/** Seals buyers' addresses, each with a key of its own. */
export type ContactVault = {
  seal(buyerKey: string, email: string): SealedContact;
  unseal(buyerKey: string, contact: SealedContact): string;
  lookups(email: string): EmailLookups;
};

export function buildContactVault(serverKey: Buffer): ContactVault {
  const sealingKey = deriveKey(serverKey, 'contact keys');
  const emailKey = deriveKey(serverKey, 'contact email look-up');
  const mailboxKey = deriveKey(serverKey, 'contact mailbox look-up');
  return {
    seal: (buyerKey, email) => {
      const key = randomBytes(KEY_BYTES);
      return {
        sealedKey: sealBytes(sealingKey, key, `key of buyer ${buyerKey}`),
        emailSealed: seal(key, email, `email of buyer ${buyerKey}`),
      };
    },
    unseal: (buyerKey, { sealedKey, emailSealed }) => {
      const key = unsealBytes(sealingKey, sealedKey, `key of buyer ${buyerKey}`);
      invariant(key, 'the key of a buyer’s address was sealed under the key of this server');
      const email = unseal(key, emailSealed, `email of buyer ${buyerKey}`);
      invariant(email !== null, 'a buyer’s address was sealed under the key beside it');
      return email;
    },
    lookups: (email) => ({ emailLookup: lookupHash(emailKey, normalizeEmail(email)), mailboxLookup: lookupHash(mailboxKey, email) }),
  };
}
