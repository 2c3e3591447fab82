import { invariant } from '../../platform/invariant.ts';
import type { AccountsContext } from './context.ts';
import { changeName, readPerson } from './queries/people.ts';
import { hasSecondFactor } from './queries/second-factors.ts';
import { readSessions } from './queries/sessions.ts';

export type Person = { id: string; email: string; name: string; createdAt: Date; hasSecondFactor: boolean };
export type PersonSession = { id: string; device: string; createdAt: Date; refreshedAt: Date; expiresAt: Date };

/** Who signed in; null if the person is there no more. */
export async function readMe({ db, vault }: AccountsContext, personId: string): Promise<Person | null> {
  const row = await readPerson(db, personId);
  if (!row) return null;
  const key = vault.openKey(row.id, row.sealedKey);
  const email = vault.unseal(key, 'email', row.emailSealed);
  const name = vault.unseal(key, 'name', row.nameSealed);
  return { id: row.id, email, name, createdAt: row.createdAt, hasSecondFactor: await hasSecondFactor(db, personId) };
}

/** The address of a person who is there. */
export async function emailOf({ db, vault }: AccountsContext, personId: string): Promise<string> {
  const row = await readPerson(db, personId);
  invariant(row, 'a person with credentials is there');
  return vault.unseal(vault.openKey(row.id, row.sealedKey), 'email', row.emailSealed);
}

export async function changeMe(accounts: AccountsContext, personId: string, change: { name: string }): Promise<Person | null> {
  const { db, vault } = accounts;
  const row = await readPerson(db, personId);
  if (!row) return null;
  await changeName(db, personId, vault.seal(vault.openKey(row.id, row.sealedKey), 'name', change.name));
  return readMe(accounts, personId);
}

/** The sessions in which a person is signed in, newest first. */
export async function listSessions({ db, vault, clock }: AccountsContext, personId: string): Promise<PersonSession[]> {
  const person = await readPerson(db, personId);
  if (!person) return [];
  const key = vault.openKey(person.id, person.sealedKey);
  const rows = await readSessions(db, personId, clock.nowMs());
  return rows.map(({ deviceSealed, ...session }) => ({ ...session, device: vault.unseal(key, 'device', deviceSealed) }));
}
