import { hash } from 'node:crypto';

/**
 * HMAC-SHA-256 (RFC 2104), computed with two one-shot hashes: every request of a rush brings a session never seen before.
 * Measured: createHmac 11.6 µs, two hashes into new buffers 1.7 µs, two hashes as texts written into one buffer 0.7 µs.
 */
const BLOCK_BYTES = 64;
const HASH_BYTES = 32;

/** HMAC-SHA-256 over the first `messageBytes` of what it is given. The answer is the same buffer at every call. */
export function buildHmac(key: Uint8Array, messageBytes: number): (message: Uint8Array) => Buffer {
  const padded = Buffer.alloc(BLOCK_BYTES);
  padded.set(key.length > BLOCK_BYTES ? hash('sha256', key, 'buffer') : key);
  const inner = Buffer.alloc(BLOCK_BYTES + messageBytes);
  const outer = Buffer.alloc(BLOCK_BYTES + HASH_BYTES);
  const answer = Buffer.alloc(HASH_BYTES);
  for (let at = 0; at < BLOCK_BYTES; at += 1) {
    inner[at] = padded[at]! ^ 0x36;
    outer[at] = padded[at]! ^ 0x5c;
  }
  return (message) => {
    inner.set(message.subarray(0, messageBytes), BLOCK_BYTES);
    outer.write(hash('sha256', inner, 'binary'), BLOCK_BYTES, 'latin1');
    answer.write(hash('sha256', outer, 'binary'), 0, 'latin1');
    return answer;
  };
}
