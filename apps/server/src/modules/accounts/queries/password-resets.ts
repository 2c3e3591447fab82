import type { Queryable, Tx } from '../../../platform/db/index.ts';

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

/** Uses a token up; false if another request was first. */
export async function takePasswordReset(tx: Tx, tokenHash: Buffer): Promise<boolean> {
  const rows = await tx.query('delete from accounts.password_resets where token_hash = $1 returning person_id', [tokenHash]);
  return rows.length === 1;
}
