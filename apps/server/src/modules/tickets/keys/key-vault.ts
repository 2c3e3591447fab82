import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { invariant } from '../../../platform/invariant.ts';
import { deriveKey, sealBytes, unsealBytes } from '../../../platform/seal/index.ts';

/** A key pair of an event as it is stored. */
export type StoredPair = { publicKey: Buffer; privateSealed: Buffer };

/** Makes key pairs of events and opens their private halves, which are stored sealed under a key of the server. */
export type KeyVault = {
  newPair(eventId: string, keyNo: number): StoredPair;
  open(eventId: string, keyNo: number, stored: StoredPair): KeyObject;
};

export function buildKeyVault(serverKey: Buffer): KeyVault {
  const sealingKey = deriveKey(serverKey, 'ticket keys');
  // So that who can write to the database cannot have one event's codes signed with the key of another.
  const contextOf = (eventId: string, keyNo: number): string => `ticket key ${keyNo} of event ${eventId}`;
  return {
    newPair: (eventId, keyNo) => {
      const { d, x } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
      invariant(d !== undefined && x !== undefined, 'an Ed25519 key has two halves');
      const privateSealed = sealBytes(sealingKey, Buffer.from(d, 'base64url'), contextOf(eventId, keyNo));
      return { publicKey: Buffer.from(x, 'base64url'), privateSealed };
    },
    open: (eventId, keyNo, { publicKey, privateSealed }) => {
      const seed = unsealBytes(sealingKey, privateSealed, contextOf(eventId, keyNo));
      invariant(seed, 'a ticket key was sealed under the key of this server');
      const halves = { d: seed.toString('base64url'), x: publicKey.toString('base64url') };
      return createPrivateKey({ key: { kty: 'OKP', crv: 'Ed25519', ...halves }, format: 'jwk' });
    },
  };
}
