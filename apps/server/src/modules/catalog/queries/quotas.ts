import type { Db } from '../../../platform/db/index.ts';

export type QuotaName = { eventId: string; quotaId: string; name: string };

/** Inserts the name of a quota, unless it is there. */
export async function insertQuotaName(db: Db, quota: QuotaName): Promise<void> {
  await db.query('insert into catalog.quotas (event_id, quota_id, name) values ($1, $2, $3) on conflict (event_id, quota_id) do nothing', [
    quota.eventId,
    quota.quotaId,
    quota.name,
  ]);
}

export async function readQuotaName(db: Db, eventId: string, quotaId: string): Promise<string | null> {
  const rows = await db.query<{ name: string }>('select name from catalog.quotas where event_id = $1 and quota_id = $2', [
    eventId,
    quotaId,
  ]);
  return rows[0]?.name ?? null;
}
