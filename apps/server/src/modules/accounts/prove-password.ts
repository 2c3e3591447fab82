import type { AccountsContext } from './context.ts';
import { normalizeEmail } from './email.ts';
import { limitSignIns } from './limits.ts';
import { readCredentials, readPerson } from './queries/people.ts';
import type { PersonKey } from './vault.ts';

export type OpenPerson = { key: PersonKey; email: string; name: string };

/** A person with what is sealed of them; null if they are there no more. */
export async function openPerson({ db, vault }: AccountsContext, personId: string): Promise<OpenPerson | null> {
  const row = await readPerson(db, personId);
  if (!row) return null;
  const key = vault.openKey(row.id, row.sealedKey);
  return { key, email: vault.unseal(key, 'email', row.emailSealed), name: vault.unseal(key, 'name', row.nameSealed) };
}

export type PasswordProof = { kind: 'proved'; person: OpenPerson } | { kind: 'refused' } | { kind: 'gone' };

/** Whether who signed in knows the password too: an access token alone may be stolen. Throws TOO_MANY_ATTEMPTS. */
export async function provePassword(
  accounts: AccountsContext,
  personId: string,
  { password, address }: { password: string; address: string },
): Promise<PasswordProof> {
  const person = await openPerson(accounts, personId);
  if (!person) return { kind: 'gone' };
  await limitSignIns(accounts, normalizeEmail(person.email), address);
  const credentials = await readCredentials(accounts.db, accounts.vault.lookupEmail(person.email));
  const { isRight } = await accounts.passwords.verify(password, credentials?.phc ?? null);
  return isRight ? { kind: 'proved', person } : { kind: 'refused' };
}
