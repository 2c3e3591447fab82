import type { Queryable, Tx } from '../../../platform/db/index.ts';

/** A person as stored: sealed. */
export type PersonRow = { id: string; sealedKey: Buffer; emailSealed: Buffer; nameSealed: Buffer; createdAt: Date };

export type NewPerson = Omit<PersonRow, 'createdAt'> & { emailLookup: Buffer; phc: string; createdAtMs: number };

const COLUMNS = `p.id, k.sealed_key as "sealedKey", p.email_sealed as "emailSealed", p.name_sealed as "nameSealed", p.created_at as "createdAt"`;

export type Credentials = { id: string; sealedKey: Buffer; phc: string };

/** Who signs in with this address; null if nobody does. */
export async function readCredentials(on: Queryable, emailLookup: Buffer): Promise<Credentials | null> {
  const rows = await on.query<Credentials>(
    `select p.id, k.sealed_key as "sealedKey", w.phc
     from accounts.people p join accounts.person_keys k on k.person_id = p.id join accounts.passwords w on w.person_id = p.id
     where p.email_lookup = $1`,
    [emailLookup],
  );
  return rows[0] ?? null;
}

export async function readPerson(on: Queryable, id: string): Promise<PersonRow | null> {
  const rows = await on.query<PersonRow>(
    `select ${COLUMNS} from accounts.people p join accounts.person_keys k on k.person_id = p.id where p.id = $1`,
    [id],
  );
  return rows[0] ?? null;
}

export async function readPeopleRows(on: Queryable, ids: readonly string[]): Promise<PersonRow[]> {
  return on.query<PersonRow>(
    `select ${COLUMNS} from accounts.people p join accounts.person_keys k on k.person_id = p.id where p.id = any($1::uuid[])`,
    [ids],
  );
}

/** Inserts a person with key and password; false if the address is another's already. */
export async function insertPerson(tx: Tx, person: NewPerson): Promise<boolean> {
  const createdAt = new Date(person.createdAtMs);
  const inserted = await tx.query(
    `insert into accounts.people (id, email_lookup, email_sealed, name_sealed, created_at)
     values ($1, $2, $3, $4, $5) on conflict do nothing returning id`,
    [person.id, person.emailLookup, person.emailSealed, person.nameSealed, createdAt],
  );
  if (inserted.length === 0) return false;
  await tx.query('insert into accounts.person_keys (person_id, sealed_key) values ($1, $2)', [person.id, person.sealedKey]);
  await tx.query('insert into accounts.passwords (person_id, phc, changed_at) values ($1, $2, $3)', [person.id, person.phc, createdAt]);
  return true;
}

/** Whether it is still the person's password, and until the transaction ends; null asks for whatever it is. */
export async function lockPassword(tx: Tx, personId: string, phc: string | null): Promise<boolean> {
  const rows = await tx.query('select 1 from accounts.passwords where person_id = $1 and ($2::text is null or phc = $2) for update', [
    personId,
    phc,
  ]);
  return rows.length === 1;
}

export async function changeName(on: Queryable, id: string, nameSealed: Buffer): Promise<void> {
  await on.query('update accounts.people set name_sealed = $2 where id = $1', [id, nameSealed]);
}

export async function changePassword(on: Queryable, change: { id: string; phc: string; nowMs: number }): Promise<void> {
  await on.query('update accounts.passwords set phc = $2, changed_at = $3 where person_id = $1', [
    change.id,
    change.phc,
    new Date(change.nowMs),
  ]);
}
