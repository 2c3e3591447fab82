import { newUuid } from '../../platform/ids/index.ts';
import type { AccountsContext } from './context.ts';
import { clientOf } from './client-of.ts';
import { limitAttempts, MAILS_FROM_ADDRESS, SIGN_UPS_OF_ADDRESS } from './limits.ts';
import { accountExistsMail, verifyEmailMail } from './mails.ts';
import { hashOfSecret, newSecret } from './one-time-secret.ts';
import { problemOfPassword, type PasswordProblem } from './passwords.ts';
import { emailOf } from './me.ts';
import { readCredentials } from './queries/people.ts';
import { insertSignUp } from './queries/sign-ups.ts';
import { normalizeEmail } from './email.ts';

export type SignUp = { email: string; password: string; name: string; address: string };
export type SignUpOutcome = { kind: 'mailed' } | { kind: 'weak_password'; why: PasswordProblem };

const LINK_SECONDS = 24 * 3600;

/**
 * Takes in who wants an account, and mails a link that proves the address. The answer and its time are the same for an
 * address that has an account: only its owner hears of that, by mail. Throws TOO_MANY_ATTEMPTS.
 */
export async function signUp(accounts: AccountsContext, { email, password, name, address }: SignUp): Promise<SignUpOutcome> {
  const why = problemOfPassword(password, [name, email, email.split('@', 1)[0] ?? '']);
  if (why) return { kind: 'weak_password', why };
  await limitAttempts(accounts, MAILS_FROM_ADDRESS, clientOf(address));
  await limitAttempts(accounts, SIGN_UPS_OF_ADDRESS, normalizeEmail(email));
  const { vault, passwords, clock, db } = accounts;
  const nowMs = clock.nowMs();
  const phc = await passwords.hash(password);
  const person = vault.newKey(newUuid(nowMs));
  const token = newSecret('mlt');
  const emailLookup = vault.lookupEmail(email);
  await insertSignUp(db, {
    tokenHash: hashOfSecret(token),
    personId: person.personId,
    sealedKey: person.sealedKey,
    emailLookup,
    emailSealed: vault.seal(person, 'email', email),
    nameSealed: vault.seal(person, 'name', name),
    phc,
    expiresAtMs: nowMs + LINK_SECONDS * 1000,
  });
  accounts.errands.run('Mailing a sign-up', async () => {
    const known = await readCredentials(db, emailLookup);
    // The mailbox of the account: providers may tell apart what is one account here.
    const mail = known ? accountExistsMail(await emailOf(accounts, known.id)) : verifyEmailMail(email, token);
    await accounts.mailer.send(mail);
  });
  return { kind: 'mailed' };
}
