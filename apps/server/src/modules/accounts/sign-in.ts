import type { AccountsContext } from './context.ts';
import { clientOf } from './client-of.ts';
import { CODES_OF_PERSON, forgetAttempts, forgetSignIns, limitAttempts, limitSignIns, SIGN_INS_FROM_ADDRESS } from './limits.ts';
import { openSession, type SessionPair } from './open-session.ts';
import { changePassword, lockPassword, readCredentials, type Credentials } from './queries/people.ts';
import { readSecondFactor } from './queries/second-factors.ts';
import { takeCode } from './second-factor.ts';
import { normalizeEmail } from './email.ts';

export type SignIn = { email: string; password: string; code?: string; device: string; address: string };
export type SignInOutcome = { kind: 'signed_in'; session: SessionPair } | { kind: 'refused' } | { kind: 'code_needed' };

/**
 * Opens a session for address, password and, where there is a second factor, a code. An unknown address is refused by the
 * same words after the same work. That a code is needed hears only who has given the right password.
 * Throws TOO_MANY_ATTEMPTS for an account that is guessed at, and for a client that tries many.
 */
export async function signIn(accounts: AccountsContext, request: SignIn): Promise<SignInOutcome> {
  const { email, password, code, device, address } = request;
  const { db, vault, passwords } = accounts;
  await limitAttempts(accounts, SIGN_INS_FROM_ADDRESS, clientOf(address));
  await limitSignIns(accounts, normalizeEmail(email), address);
  const credentials = await readCredentials(db, vault.lookupEmail(email));
  const { isRight, needsRehash } = await passwords.verify(password, credentials?.phc ?? null);
  if (!credentials || !isRight) return { kind: 'refused' };
  const factor = await readSecondFactor(db, credentials.id);
  const secretSealed = factor?.isConfirmed ? factor.secretSealed : null;
  if (secretSealed && code === undefined) return { kind: 'code_needed' };
  if (secretSealed) await limitAttempts(accounts, CODES_OF_PERSON, credentials.id);
  const person = vault.openKey(credentials.id, credentials.sealedKey);
  const outcome = await db.transaction<SignInOutcome>(async (tx) => {
    // The password may have been changed since it was read: then this one is another's, or was.
    if (!(await lockPassword(tx, credentials.id, credentials.phc))) return { kind: 'refused' };
    if (secretSealed && !(await takeCode(accounts, tx, { person, secretSealed, code: code ?? '' }))) return { kind: 'refused' };
    return { kind: 'signed_in', session: await openSession(accounts, tx, { person, device, hasSecondFactor: secretSealed !== null }) };
  });
  if (outcome.kind !== 'signed_in') return outcome;
  if (secretSealed) await forgetAttempts(accounts, CODES_OF_PERSON, credentials.id);
  await forgetSignIns(accounts, normalizeEmail(email), address);
  // Whoever signs in does not wait for it; if it fails, the next sign-in tries again.
  if (needsRehash) accounts.errands.run('Hashing a password anew', () => rehash(accounts, credentials, password));
  return outcome;
}

async function rehash({ db, passwords, clock }: AccountsContext, { id, phc: before }: Credentials, password: string): Promise<void> {
  const phc = await passwords.hash(password);
  await db.transaction(async (tx) => {
    if (await lockPassword(tx, id, before)) await changePassword(tx, { id, phc, nowMs: clock.nowMs() });
  });
}
