import type { Queryable, Tx } from '../../../platform/db/index.ts';

export type Claim = { id: string; buyerKey: string; at: Date };
export type NewClaim = Claim & { personId: string };

const COLUMNS = 'id, buyer_key as "buyerKey", at';

/** What a person has claimed, newest first. */
export async function readClaims(on: Queryable, personId: string): Promise<Claim[]> {
  return on.query<Claim>(`select ${COLUMNS} from buyers.claims where person_id = $1 order by at desc, id desc`, [personId]);
}

/** One after the other: so that a person's claims can be counted before there is one more. */
export async function lockClaimsOf(tx: Tx, personId: string): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('claims of ' || $1, 0))`, [personId]);
}

/** False if somebody has the buyer already. */
export async function insertClaim(tx: Tx, { id, personId, buyerKey, at }: NewClaim): Promise<boolean> {
  const rows = await tx.query(
    'insert into buyers.claims (buyer_key, id, person_id, at) values ($1, $2, $3, $4) on conflict (buyer_key) do nothing returning 1',
    [buyerKey, id, personId, at],
  );
  return rows.length === 1;
}

/** False if the person has no such claim. */
export async function deleteClaim(on: Queryable, personId: string, id: string): Promise<boolean> {
  const rows = await on.query('delete from buyers.claims where id = $1 and person_id = $2 returning 1', [id, personId]);
  return rows.length === 1;
}
