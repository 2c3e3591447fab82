import type { AccountsContext } from './context.ts';
import { normalizeEmail } from './email.ts';
import { forgetSignIns, limitSignIns } from './limits.ts';
import { openPerson, type OpenPerson } from './open-person.ts';
import { readCredentials } from './queries/people.ts';

/** `gone`: the person is there no more. */
export type PasswordProof = { kind: 'proved'; person: OpenPerson } | { kind: 'refused' } | { kind: 'gone' };

/** Whether who signed in knows the password too: an access token alone may be stolen. Throws TOO_MANY_ATTEMPTS. */
export async function provePassword(
  accounts: AccountsContext,
  personId: string,
  { password, address }: { password: string; address: string },
): Promise<PasswordProof> {
  const { db, vault, passwords } = accounts;
  const person = await openPerson(accounts, personId);
  if (!person) return { kind: 'gone' };
  const account = normalizeEmail(person.email);
  await limitSignIns(accounts, account, address);
  const credentials = await readCredentials(db, vault.lookupEmail(person.email));
  const { isRight } = await passwords.verify(password, credentials?.phc ?? null);
  if (!isRight) return { kind: 'refused' };
  await forgetSignIns(accounts, account, address);
  return { kind: 'proved', person };
}
