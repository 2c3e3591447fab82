import type { Db, Tx } from '../../../platform/db/index.ts';

export type QuotaName = { eventId: string; quotaId: string; name: string };

/** Inserts the name of a quota, unless it is there. */
export async function insertQuotaName(db: Db, quota: QuotaName): Promise<void> {
  await db.query('insert into catalog.quotas (event_id, quota_id, name) values ($1, $2, $3) on conflict (event_id, quota_id) do nothing', [
    quota.eventId,
    quota.quotaId,
    quota.name,
  ]);
}

/** Names a quota anew; answers how it was called, or null if it has no name. */
export async function updateQuotaName(tx: Tx, { eventId, quotaId, name }: QuotaName): Promise<string | null> {
  const [before] = await tx.query<{ name: string }>('select name from catalog.quotas where event_id = $1 and quota_id = $2 for update', [
    eventId,
    quotaId,
  ]);
  if (!before) return null;
  await tx.query('update catalog.quotas set name = $3 where event_id = $1 and quota_id = $2', [eventId, quotaId, name]);
  return before.name;
}

/** The names of an event's quotas, by id. */
export async function readQuotaNames(db: Db, eventId: string): Promise<Map<string, string>> {
  const rows = await db.query<{ id: string; name: string }>('select quota_id as id, name from catalog.quotas where event_id = $1', [
    eventId,
  ]);
  return new Map(rows.map(({ id, name }) => [id, name]));
}
