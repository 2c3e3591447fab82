/** Whoever verifies signatures here: Ed25519 (RFC 8032), public keys of 32 bytes. Answers at once or by a promise. */
export type Ed25519<Key> = {
  /** Throws or rejects for bytes that are no key. */
  openKey(publicKey: Uint8Array<ArrayBuffer>): Key | Promise<Key>;
  verify(key: Key, signature: Uint8Array<ArrayBuffer>, signed: Uint8Array<ArrayBuffer>): boolean | Promise<boolean>;
};

const ALGORITHM = 'Ed25519';

type WebKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

/** In every browser, and in Node. */
export const webEd25519: Ed25519<WebKey> = {
  openKey: (publicKey) => crypto.subtle.importKey('raw', publicKey, ALGORITHM, false, ['verify']),
  verify: (key, signature, signed) => crypto.subtle.verify(ALGORITHM, key, signature, signed),
};
