import type { Db, Queryable, Tx } from '../../../platform/db/index.ts';

/** Who must answer a challenge; null: whoever has a passkey, to sign in. */
type Challenge = { hash: Buffer; personId: string | null };

export async function insertChallenge(on: Queryable, { hash, personId, expiresAtMs }: Challenge & { expiresAtMs: number }): Promise<void> {
  await on.query('insert into accounts.passkey_challenges (hash, person_id, expires_at) values ($1, $2, $3)', [
    hash,
    personId,
    new Date(expiresAtMs),
  ]);
}

/** Uses a challenge up; false if it is not there any more, or was another's. Of two at once the row lets one through. */
export async function takeChallenge(on: Queryable, { hash, personId, nowMs }: Challenge & { nowMs: number }): Promise<boolean> {
  const rows = await on.query<{ isGood: boolean }>(
    `delete from accounts.passkey_challenges where hash = $1
     returning person_id is not distinct from $2::uuid and expires_at > $3 as "isGood"`,
    [hash, personId, new Date(nowMs)],
  );
  return rows[0]?.isGood ?? false;
}

/** What a person was asked before no longer counts. */
export async function deleteChallengesOf(tx: Tx, personId: string): Promise<void> {
  await tx.query('delete from accounts.passkey_challenges where person_id = $1', [personId]);
}

/** Removes what has run out, a bounded number; answers whether there may be more. */
export async function purgeChallenges(db: Db, nowMs: number): Promise<boolean> {
  const rows = await db.query(
    `delete from accounts.passkey_challenges where hash in (
       select hash from accounts.passkey_challenges where expires_at < $1 limit 1000 for update skip locked) returning 1`,
    [new Date(nowMs)],
  );
  return rows.length === 1000;
}
