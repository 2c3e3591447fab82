import type { Queryable } from '../../../platform/db/index.ts';

export type PersonalKeyRow = { buyerKey: string; sealedKey: Buffer };

const COLUMNS = 'buyer_key as "buyerKey", sealed_key as "sealedKey"';

export async function readPersonalKeys(on: Queryable, buyerKeys: readonly string[]): Promise<PersonalKeyRow[]> {
  return on.query<PersonalKeyRow>(`select ${COLUMNS} from buyers.personal_keys where buyer_key = any($1::uuid[])`, [buyerKeys]);
}

/** Keeps the first of two that are made at once, and answers the one that is kept. */
export async function insertPersonalKey(on: Queryable, { buyerKey, sealedKey }: PersonalKeyRow): Promise<PersonalKeyRow> {
  const rows = await on.query<PersonalKeyRow>(
    `insert into buyers.personal_keys as k (buyer_key, sealed_key) values ($1, $2)
     on conflict (buyer_key) do update set sealed_key = k.sealed_key returning ${COLUMNS}`,
    [buyerKey, sealedKey],
  );
  return rows[0]!;
}

export async function deletePersonalKey(on: Queryable, buyerKey: string): Promise<void> {
  await on.query('delete from buyers.personal_keys where buyer_key = $1', [buyerKey]);
}
