import type { Queryable } from '../../../platform/db/index.ts';

/** Makes every held booking of an event due at once, as if its time had passed while no server ran. */
export async function makeDue(db: Queryable, eventId: string): Promise<void> {
  await db.query("update sales.bookings set expires_at = statement_timestamp() - interval '1 ms' where event_id = $1 and state = 'held'", [
    eventId,
  ]);
  await db.query("update sales.heads set expired_until = '-infinity' where event_id = $1", [eventId]);
}
