import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import type { Ed25519 } from './ed25519.ts';

/** In Node alone, where one signature after the other takes two thirds of WebCrypto's time (0.16 ms instead of 0.24). */
export const nodeEd25519: Ed25519<KeyObject> = {
  openKey: (publicKey) => {
    const x = Buffer.from(publicKey).toString('base64url');
    return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  },
  verify: (key, signature, signed) => verify(null, signed, key, signature),
};
