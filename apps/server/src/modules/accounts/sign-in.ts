import type { AccountsContext } from './context.ts';
import { forgetAttempts, limitAttempts, SIGN_INS_FROM_ADDRESS, SIGN_INS_ON_ACCOUNT } from './limits.ts';
import { openSession, type SessionPair } from './open-session.ts';
import { changePassword, readCredentials } from './queries/people.ts';
import { normalizeEmail } from './vault.ts';

export type SignIn = { email: string; password: string; device: string; address: string };
export type SignInOutcome = { kind: 'signed_in'; session: SessionPair } | { kind: 'refused' };

/**
 * Opens a session for address and password. An unknown address is refused by the same words after the same work.
 * Throws TOO_MANY_ATTEMPTS for an account that is guessed at, and for a client that tries many.
 */
export async function signIn(accounts: AccountsContext, { email, password, device, address }: SignIn): Promise<SignInOutcome> {
  const { db, vault, passwords } = accounts;
  await limitAttempts(accounts, SIGN_INS_FROM_ADDRESS, address);
  await limitAttempts(accounts, SIGN_INS_ON_ACCOUNT, normalizeEmail(email));
  const credentials = await readCredentials(db, vault.lookupEmail(email));
  const { isRight, needsRehash } = await passwords.verify(password, credentials?.phc ?? null);
  if (!credentials || !isRight) return { kind: 'refused' };
  await forgetAttempts(accounts, SIGN_INS_ON_ACCOUNT, normalizeEmail(email));
  // Whoever signs in does not wait for it; if it fails, the next sign-in tries again.
  if (needsRehash) accounts.errands.run('Hashing a password anew', () => rehash(accounts, credentials.id, password));
  const person = vault.openKey(credentials.id, credentials.sealedKey);
  return { kind: 'signed_in', session: await db.transaction((tx) => openSession(accounts, tx, { person, device })) };
}

async function rehash({ db, passwords, clock }: AccountsContext, personId: string, password: string): Promise<void> {
  await changePassword(db, { id: personId, phc: await passwords.hash(password), nowMs: clock.nowMs() });
}
