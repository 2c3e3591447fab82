import type { AccountsContext } from './context.ts';
import { forgetAttempts, limitAttempts, SIGN_INS_FROM_ADDRESS, SIGN_INS_ON_ACCOUNT } from './limits.ts';
import { openSession, type SessionPair } from './open-session.ts';
import { changePassword, readCredentials } from './queries/people.ts';
import { readSecondFactor } from './queries/second-factors.ts';
import { takeCode } from './second-factor.ts';
import { normalizeEmail } from './vault.ts';

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
  await limitAttempts(accounts, SIGN_INS_FROM_ADDRESS, address);
  await limitAttempts(accounts, SIGN_INS_ON_ACCOUNT, normalizeEmail(email));
  const credentials = await readCredentials(db, vault.lookupEmail(email));
  const { isRight, needsRehash } = await passwords.verify(password, credentials?.phc ?? null);
  if (!credentials || !isRight) return { kind: 'refused' };
  const factor = await readSecondFactor(db, credentials.id);
  const secretSealed = factor?.isConfirmed ? factor.secretSealed : null;
  if (secretSealed && code === undefined) return { kind: 'code_needed' };
  const person = vault.openKey(credentials.id, credentials.sealedKey);
  const outcome = await db.transaction<SignInOutcome>(async (tx) => {
    if (secretSealed && !(await takeCode(accounts, tx, { person, secretSealed, code: code ?? '' }))) return { kind: 'refused' };
    return { kind: 'signed_in', session: await openSession(accounts, tx, { person, device, hasSecondFactor: secretSealed !== null }) };
  });
  if (outcome.kind !== 'signed_in') return outcome;
  // Only now: a right password must not give new attempts at the code.
  await forgetAttempts(accounts, SIGN_INS_ON_ACCOUNT, normalizeEmail(email));
  // Whoever signs in does not wait for it; if it fails, the next sign-in tries again.
  if (needsRehash) accounts.errands.run('Hashing a password anew', () => rehash(accounts, credentials.id, password));
  return outcome;
}

async function rehash({ db, passwords, clock }: AccountsContext, personId: string, password: string): Promise<void> {
  await changePassword(db, { id: personId, phc: await passwords.hash(password), nowMs: clock.nowMs() });
}
