import type { Queryable } from '../../../platform/db/index.ts';

/** Makes every booking of an event that keeps tickets for a while due at once, as if its time had passed while no server ran. */
export async function makeDue(db: Queryable, eventId: string): Promise<void> {
  await db.query(
    `update sales.bookings set expires_at = statement_timestamp() - interval '1 ms'
     where event_id = $1 and state in ('held', 'awaiting_payment')`,
    [eventId],
  );
  await db.query("update sales.heads set expired_until = '-infinity' where event_id = $1", [eventId]);
}
