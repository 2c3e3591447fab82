import { randomBytes } from 'node:crypto';
import type { AccountsContext } from './context.ts';
import { hashOfSecret } from './one-time-secret.ts';
import { insertChallenge } from './queries/passkey-challenges.ts';

const CHALLENGE_BYTES = 32;
/** Time to find the telephone; the library of the browser is told the same. */
export const CHALLENGE_SECONDS = 300;

/** What a device is to sign: random, good once, and kept as its hash. For a person, or for whoever signs in. */
export async function issueChallenge({ db, clock }: AccountsContext, personId: string | null): Promise<string> {
  const challenge = randomBytes(CHALLENGE_BYTES).toString('base64url');
  const expiresAtMs = clock.nowMs() + CHALLENGE_SECONDS * 1000;
  await insertChallenge(db, { hash: hashOfSecret(challenge), personId, expiresAtMs });
  return challenge;
}
