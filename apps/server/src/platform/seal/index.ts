export { deriveKey } from './derive-key.ts';
export { KEY_BYTES, lookupHash, seal, sealBytes, unseal, unsealBytes } from './seal.ts';
