import type { Db } from '../../../platform/db/index.ts';

export type Attempt = { subject: Buffer; nowMs: number; windowSeconds: number };

/** Counts one attempt in its window and begins a new one where the last has ended; answers the count with this one. */
export async function countAttempt(db: Db, { subject, nowMs, windowSeconds }: Attempt): Promise<{ count: number; windowEndsAtMs: number }> {
  const now = new Date(nowMs);
  const rows = await db.query<{ count: number; window_ends_at: Date }>(
    `insert into accounts.attempts as a (subject, window_ends_at, count) values ($1, $3, 1)
     on conflict (subject) do update set
       count = case when a.window_ends_at > $2 then a.count + 1 else 1 end,
       window_ends_at = case when a.window_ends_at > $2 then a.window_ends_at else excluded.window_ends_at end
     returning count, window_ends_at`,
    [subject, now, new Date(nowMs + windowSeconds * 1000)],
  );
  const [row] = rows;
  return { count: row?.count ?? 1, windowEndsAtMs: row?.window_ends_at.getTime() ?? nowMs };
}

export async function clearAttempts(db: Db, subject: Buffer): Promise<void> {
  await db.query('delete from accounts.attempts where subject = $1', [subject]);
}

/** Removes what no longer counts, a bounded number, so that no transaction is long; answers whether there may be more. */
export async function purgeAttempts(db: Db, nowMs: number): Promise<boolean> {
  const rows = await db.query(
    `delete from accounts.attempts where subject in (
       select subject from accounts.attempts where window_ends_at < $1 limit 1000 for update skip locked) returning 1`,
    [new Date(nowMs)],
  );
  return rows.length === 1000;
}
