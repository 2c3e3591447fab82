import type { AccountsContext } from './context.ts';
import { readPerson } from './queries/people.ts';
import type { PersonKey } from './vault.ts';

export type OpenPerson = { key: PersonKey; email: string; name: string };

/** A person with what is sealed of them; null if they are there no more. */
export async function openPerson({ db, vault }: AccountsContext, personId: string): Promise<OpenPerson | null> {
  const row = await readPerson(db, personId);
  if (!row) return null;
  const key = vault.openKey(row.id, row.sealedKey);
  return { key, email: vault.unseal(key, 'email', row.emailSealed), name: vault.unseal(key, 'name', row.nameSealed) };
}
