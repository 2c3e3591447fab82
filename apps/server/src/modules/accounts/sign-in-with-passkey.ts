import type { AccountsContext } from './context.ts';
import { clientOf } from './client-of.ts';
import { limitAttempts, PASSKEY_CHALLENGES_FROM_ADDRESS, SIGN_INS_FROM_ADDRESS } from './limits.ts';
import { hashOfSecret } from './one-time-secret.ts';
import { openSession, type SessionPair } from './open-session.ts';
import { issueChallenge } from './passkey-challenges.ts';
import { takeChallenge } from './queries/passkey-challenges.ts';
import { findPasskey, usePasskey, type KnownPasskey } from './queries/passkeys.ts';
import { userHandleOf } from './user-handle.ts';
import { challengeOf, checkSignIn, type SignInAnswer } from './webauthn.ts';

/** Makes a challenge for whoever has a passkey: the answer tells who. Throws TOO_MANY_ATTEMPTS. */
export async function askForSignIn(accounts: AccountsContext, address: string): Promise<string> {
  await limitAttempts(accounts, PASSKEY_CHALLENGES_FROM_ADDRESS, clientOf(address));
  return issueChallenge(accounts, null);
}

export type PasskeySignIn = { answer: SignInAnswer; device: string; address: string };
export type PasskeySignInOutcome = { kind: 'signed_in'; session: SessionPair } | { kind: 'refused' };

/**
 * Opens a session for the answer of a passkey to a challenge, which is used up whatever comes of it. The device has seen who
 * uses it, so the session counts as one with a second factor. Throws TOO_MANY_ATTEMPTS.
 */
export async function signInWithPasskey(accounts: AccountsContext, request: PasskeySignIn): Promise<PasskeySignInOutcome> {
  const { db, clock, vault } = accounts;
  const { answer, device, address } = request;
  await limitAttempts(accounts, SIGN_INS_FROM_ADDRESS, clientOf(address));
  const challenge = challengeOf(answer.clientData);
  if (challenge === null) return { kind: 'refused' };
  const passkey = await findPasskey(db, Buffer.from(answer.id, 'base64url'));
  const signCount = passkey && (await countShown(accounts, challenge, { answer, passkey }));
  const nowMs = clock.nowMs();
  return db.transaction<PasskeySignInOutcome>(async (tx) => {
    const wasAsked = await takeChallenge(tx, { hash: hashOfSecret(challenge), personId: null, nowMs });
    if (!wasAsked || passkey === null || signCount === null) return { kind: 'refused' };
    if (!(await usePasskey(tx, { id: passkey.id, signCount, nowMs }))) return { kind: 'refused' };
    const person = vault.openKey(passkey.personId, passkey.sealedKey);
    return {
      kind: 'signed_in',
      session: await openSession(accounts, tx, { person, device, hasSecondFactor: true, passkeyId: passkey.id }),
    };
  });
}

/** How often the device has signed by now; null if the answer is not that of the passkey and its owner. */
async function countShown(
  { relyingParty }: AccountsContext,
  challenge: string,
  { answer, passkey }: { answer: SignInAnswer; passkey: KnownPasskey },
): Promise<number | null> {
  if (answer.userHandle !== userHandleOf(passkey.personId)) return null;
  return checkSignIn(relyingParty, challenge, { answer, known: passkey });
}
