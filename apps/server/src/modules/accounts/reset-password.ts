import type { AccountsContext } from './context.ts';
import { clientOf } from './client-of.ts';
import { emailOf } from './me.ts';
import { forgetSignIns, limitAttempts, MAILS_FROM_ADDRESS, RESETS_OF_ADDRESS, SIGN_INS_FROM_ADDRESS } from './limits.ts';
import { passwordChangedMail, resetPasswordMail } from './mails.ts';
import { hashOfSecret, newSecret } from './one-time-secret.ts';
import { problemOfPassword, type PasswordProblem } from './passwords.ts';
import { deleteChallengesOf } from './queries/passkey-challenges.ts';
import { changePassword, lockPassword, readCredentials, readPerson } from './queries/people.ts';
import { readPasswordReset, replacePasswordReset, takePasswordResets } from './queries/password-resets.ts';
import { endSessions } from './queries/sessions.ts';
import { normalizeEmail } from './email.ts';

const LINK_SECONDS = 3600;

/** Mails a link to who has an account under the address. Nobody else hears whether there is one. Throws TOO_MANY_ATTEMPTS. */
export async function requestPasswordReset(
  accounts: AccountsContext,
  { email, address }: { email: string; address: string },
): Promise<void> {
  await limitAttempts(accounts, MAILS_FROM_ADDRESS, clientOf(address));
  await limitAttempts(accounts, RESETS_OF_ADDRESS, normalizeEmail(email));
  accounts.errands.run('Mailing a password reset', async () => {
    const person = await readCredentials(accounts.db, accounts.vault.lookupEmail(email));
    if (!person) return;
    const token = newSecret('mlt');
    const expiresAtMs = accounts.clock.nowMs() + LINK_SECONDS * 1000;
    await accounts.db.transaction(async (tx) => {
      await lockPassword(tx, person.id, null);
      await replacePasswordReset(tx, { tokenHash: hashOfSecret(token), personId: person.id, expiresAtMs });
    });
    // To the mailbox of the account, not to what was typed: providers may tell apart what is one account here.
    await accounts.mailer.send(resetPasswordMail(await emailOf(accounts, person.id), token));
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
  await limitAttempts(accounts, SIGN_INS_FROM_ADDRESS, clientOf(address));
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
    await lockPassword(tx, row.id, null);
    if (!(await takePasswordResets(tx, { personId: row.id, tokenHash, nowMs }))) return null;
    await changePassword(tx, { id: row.id, phc, nowMs });
    await deleteChallengesOf(tx, row.id);
    return endSessions(tx, { personId: row.id, sessionId: null, endedBy: 'password_change', nowMs });
  });
  if (endedIds === null) return { kind: 'link_invalid' };
  accounts.ended.add(endedIds);
  await forgetSignIns(accounts, normalizeEmail(email), address);
  accounts.errands.run('Mailing a changed password', () => accounts.mailer.send(passwordChangedMail(email)));
  return { kind: 'changed' };
}
