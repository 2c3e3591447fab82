import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { composeCode, eventIdOf, openKeysBy, signedBytes, verifyCode } from '@tessera/ticket-code';
import { nodeEd25519 } from '@tessera/ticket-code/node';
import { median } from './statistics.ts';
import { Unmeasured } from './unmeasured.ts';

const ROUNDS = 15;
const CODES = 200;

/** Milliseconds in which a door without connection verifies one code. Medians of rounds in this process. */
export async function measureVerifyMs(): Promise<number> {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const { x = '' } = publicKey.export({ format: 'jwk' });
  const eventId = randomUUID();
  const tickets = Array.from({ length: CODES }, () => ({
    ...{ keyNo: 1, eventId, bookingId: randomUUID(), number: 1, issue: 1, secret: randomUUID() },
  }));
  const codes = tickets.map((ticket) => composeCode(ticket, sign(null, signedBytes(ticket), privateKey)));
  const known = { keyNo: 1, publicKey: new Uint8Array(Buffer.from(x, 'base64url')), isRevoked: false };
  const keys = await openKeysBy(nodeEd25519, eventIdOf({ eventId }), [known]);
  const times: number[] = [];
  for (let round = 0; round < 2 * ROUNDS; round += 1) {
    const startMs = performance.now();
    for (const code of codes)
      if ((await verifyCode(keys, code)).kind !== 'genuine') throw new Unmeasured('A code that was just signed is not genuine.');
    times.push((performance.now() - startMs) / CODES);
  }
  // The first rounds warm up.
  return median(times.slice(ROUNDS));
}
