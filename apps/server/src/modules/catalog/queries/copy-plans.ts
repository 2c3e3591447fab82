import type { Db } from '../../../platform/db/index.ts';
import type { CopyPlan } from '../copy-plan.ts';

/** What is still to be copied into an event, or null if it has all. */
export async function readCopyPlan(db: Db, eventId: string): Promise<CopyPlan | null> {
  const rows = await db.query<{ copying: CopyPlan | null }>('select copying from catalog.events where event_id = $1', [eventId]);
  return rows[0]?.copying ?? null;
}

export async function deleteCopyPlan(db: Db, eventId: string): Promise<void> {
  await db.query('update catalog.events set copying = null where event_id = $1', [eventId]);
}
