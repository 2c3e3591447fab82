import type { AccountsContext } from './context.ts';
import { normalizeEmail } from './email.ts';
import { forgetSignIns, limitSignIns } from './limits.ts';
import { readCredentials, readPerson } from './queries/people.ts';

/** `gone`: the person is there no more. */
export type PasswordOutcome = { kind: 'right'; email: string } | { kind: 'refused' } | { kind: 'gone' };

/** Whether who signed in gives the password, too: an access token alone may be stolen. Throws TOO_MANY_ATTEMPTS. */
export async function confirmPassword(
  accounts: AccountsContext,
  personId: string,
  { password, address }: { password: string; address: string },
): Promise<PasswordOutcome> {
  const { db, vault, passwords } = accounts;
  const row = await readPerson(db, personId);
  if (!row) return { kind: 'gone' };
  const email = vault.unseal(vault.openKey(row.id, row.sealedKey), 'email', row.emailSealed);
  const account = normalizeEmail(email);
  await limitSignIns(accounts, account, address);
  const credentials = await readCredentials(db, vault.lookupEmail(email));
  const { isRight } = await passwords.verify(password, credentials?.phc ?? null);
  if (!isRight) return { kind: 'refused' };
  await forgetSignIns(accounts, account, address);
  return { kind: 'right', email };
}
