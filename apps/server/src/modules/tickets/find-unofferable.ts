import type { TicketsContext } from './context.ts';

export type AskedToOffer = { eventId: string; bookingId: string; buyerKey: string; numbers: readonly number[] };

/** A ticket that cannot be offered back, and why: who booked it has passed it on, or is about to, or somebody is inside with it. */
export type Unofferable = { number: number; reason: 'passed_on' | 'being_passed_on' | 'admitted' };

const FIND_TEXT = `
select number, case when booked_by is not null then 'passed_on' when admitted_at is not null then 'admitted' else 'being_passed_on' end as reason
from tickets.tickets
where event_id = $1 and booking_id = $2 and number = any($4::int[]) and coalesce(booked_by, buyer_key) = $3 and state = 'valid'
  and (booked_by is not null or admitted_at is not null or offered_until > statement_timestamp())
order by number limit 1`;

/**
 * The first of a buyer's tickets that cannot be offered, or null; of bookings that are not the buyer's it says nothing. What changes between
 * this look and the lane, a constraint of the table refuses.
 */
export async function findUnofferable(
  { db }: Pick<TicketsContext, 'db'>,
  { eventId, bookingId, buyerKey, numbers }: AskedToOffer,
): Promise<Unofferable | null> {
  const [found] = await db.query<Unofferable>(FIND_TEXT, [eventId, bookingId, buyerKey, numbers]);
  return found ?? null;
}
