import type { AccountsContext } from './context.ts';
import {
  forgetAttempts,
  limitAttempts,
  MAILS_FROM_ADDRESS,
  MAILS_TO_ADDRESS,
  SIGN_INS_FROM_ADDRESS,
  SIGN_INS_ON_ACCOUNT,
} from './limits.ts';
import { passwordChangedMail, resetPasswordMail } from './mails.ts';
import { hashOfSecret, newSecret } from './one-time-secret.ts';
import { problemOfPassword, type PasswordProblem } from './passwords.ts';
import { changePassword, readCredentials, readPerson } from './queries/people.ts';
import { hasSecondFactor } from './queries/second-factors.ts';
import { readPasswordReset, replacePasswordReset, takePasswordReset } from './queries/password-resets.ts';
import { endSessions } from './queries/sessions.ts';
import { normalizeEmail } from './vault.ts';

const LINK_SECONDS = 3600;

/** Mails a link to who has an account under the address. Nobody else hears whether there is one. Throws TOO_MANY_ATTEMPTS. */
export async function requestPasswordReset(
  accounts: AccountsContext,
  { email, address }: { email: string; address: string },
): Promise<void> {
  await limitAttempts(accounts, MAILS_FROM_ADDRESS, address);
  await limitAttempts(accounts, MAILS_TO_ADDRESS, normalizeEmail(email));
  accounts.errands.run('Mailing a password reset', async () => {
    const person = await readCredentials(accounts.db, accounts.vault.lookupEmail(email));
    if (!person) return;
    const token = newSecret('mlt');
    const expiresAtMs = accounts.clock.nowMs() + LINK_SECONDS * 1000;
    await accounts.db.transaction((tx) => replacePasswordReset(tx, { tokenHash: hashOfSecret(token), personId: person.id, expiresAtMs }));
    await accounts.mailer.send(resetPasswordMail(email, token));
  });
}

export type ResetPassword = { token: string; password: string; address: string };
export type ResetOutcome = { kind: 'changed' } | { kind: 'link_invalid' } | { kind: 'weak_password'; why: PasswordProblem };

/**
 * Sets a password for who holds a mailed token, and ends all sessions: the old password may have been another's. A second
 * factor stays: mail proves the first only.
 */
export async function resetPassword(accounts: AccountsContext, { token, password, address }: ResetPassword): Promise<ResetOutcome> {
  const { db, clock, vault } = accounts;
  await limitAttempts(accounts, SIGN_INS_FROM_ADDRESS, address);
  const tokenHash = hashOfSecret(token);
  const personId = await readPasswordReset(db, tokenHash, clock.nowMs());
  const row = personId === null ? null : await readPerson(db, personId);
  if (!row) return { kind: 'link_invalid' };
  const person = vault.openKey(row.id, row.sealedKey);
  const email = vault.unseal(person, 'email', row.emailSealed);
  const why = problemOfPassword(password, [vault.unseal(person, 'name', row.nameSealed), email, email.split('@', 1)[0] ?? '']);
  if (why) return { kind: 'weak_password', why };
  const phc = await accounts.passwords.hash(password);
  const nowMs = clock.nowMs();
  const endedIds = await db.transaction(async (tx) => {
    if (!(await takePasswordReset(tx, tokenHash))) return null;
    await changePassword(tx, { id: row.id, phc, nowMs });
    return endSessions(tx, { personId: row.id, sessionId: null, endedBy: 'password_change', nowMs });
  });
  if (endedIds === null) return { kind: 'link_invalid' };
  accounts.ended.add(endedIds);
  // Who reads the person's mail may set one password after the other, but must not guess at the codes anew after each.
  if (!(await hasSecondFactor(db, row.id))) await forgetAttempts(accounts, SIGN_INS_ON_ACCOUNT, normalizeEmail(email));
  accounts.errands.run('Mailing a changed password', () => accounts.mailer.send(passwordChangedMail(email)));
  return { kind: 'changed' };
}
