import { createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto';
import { composeCode, signedBytes, type TicketCode } from '../src/index.ts';

/** PKCS #8 of an Ed25519 key, but for the key's own 32 bytes (RFC 8410). */
const PKCS8_HEADER = Buffer.from('302e020100300506032b657004220420', 'hex');

/** A private key from 32 bytes, so that vectors can be made again. */
export function privateKeyOf(seed: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.concat([PKCS8_HEADER, seed]), format: 'der', type: 'pkcs8' });
}

export function publicBytesOf(key: KeyObject): Uint8Array<ArrayBuffer> {
  const { x = '' } = createPublicKey(key).export({ format: 'jwk' });
  return new Uint8Array(Buffer.from(x, 'base64url'));
}

export function signed(key: KeyObject, ticket: TicketCode): string {
  return composeCode(ticket, sign(null, signedBytes(ticket), key));
}
