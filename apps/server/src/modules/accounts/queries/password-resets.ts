import type { Db, Queryable, Tx } from '../../../platform/db/index.ts';

/** One reset is open for a person at a time: the last one mailed. */
export async function replacePasswordReset(tx: Tx, reset: { tokenHash: Buffer; personId: string; expiresAtMs: number }): Promise<void> {
  await tx.query('delete from accounts.password_resets where person_id = $1', [reset.personId]);
  await tx.query('insert into accounts.password_resets (token_hash, person_id, expires_at) values ($1, $2, $3)', [
    reset.tokenHash,
    reset.personId,
    new Date(reset.expiresAtMs),
  ]);
}

/** Whose password a mailed token may set, without using it up. */
export async function readPasswordReset(on: Queryable, tokenHash: Buffer, nowMs: number): Promise<string | null> {
  const rows = await on.query<{ id: string }>(
    'select person_id as id from accounts.password_resets where token_hash = $1 and expires_at > $2',
    [tokenHash, new Date(nowMs)],
  );
  return rows[0]?.id ?? null;
}

/** Uses a token up, and every other of the person with it; false if it is not good any more. The password is locked. */
export async function takePasswordResets(
  tx: Tx,
  { personId, tokenHash, nowMs }: { personId: string; tokenHash: Buffer; nowMs: number },
): Promise<boolean> {
  if ((await readPasswordReset(tx, tokenHash, nowMs)) !== personId) return false;
  await tx.query('delete from accounts.password_resets where person_id = $1', [personId]);
  return true;
}

/** Removes what has run out, a bounded number; answers whether there may be more. */
export async function purgePasswordResets(db: Db, nowMs: number): Promise<boolean> {
  const rows = await db.query(
    `delete from accounts.password_resets where token_hash in (
       select token_hash from accounts.password_resets where expires_at < $1 limit 1000 for update skip locked) returning 1`,
    [new Date(nowMs)],
  );
  return rows.length === 1000;
}
