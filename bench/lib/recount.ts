import { parseCellId } from '../../apps/server/src/platform/ids/index.ts';
import type { Db } from '../../apps/server/src/platform/db/index.ts';
import type { HotEvent } from './hot-event.ts';
import { Unmeasured } from './unmeasured.ts';

type Counts = {
  bookings: number;
  tickets: number;
  type_counter: number;
  least_quota: number;
  most_quota: number;
  promo_uses: number;
  ledger: number;
};

/**
 * Compares what the generator was told with what PostgreSQL holds: every answer 201 is a booking, counters are the sum
 * of bookings, sampled bookings are there. Answers by how many tickets the event is oversold; throws Unmeasured where
 * anything else does not match.
 */
export async function recount(db: Db, event: HotEvent, answered: number): Promise<{ oversold: number }> {
  const [counts] = await db.query<Counts>(
    `select (select count(*) from sales.bookings where event_id = $1)::int as bookings,
            (select coalesce(sum(quantity), 0) from sales.booking_lines where event_id = $1)::int as tickets,
            (select held + sold from sales.ticket_types where event_id = $1 and id = $2)::int as type_counter,
            (select min(held + sold) from sales.quotas where event_id = $1)::int as least_quota,
            (select max(held + sold) from sales.quotas where event_id = $1)::int as most_quota,
            coalesce((select used from sales.promo_codes where event_id = $1), $3)::int as promo_uses,
            (select coalesce(sum(held_delta + sold_delta), 0) from sales.ledger where event_id = $1 and ticket_type_id = $2)::int as ledger`,
    [event.eventId, event.ticketTypeId, answered],
  );
  for (const [name, count] of Object.entries(counts ?? {})) {
    if (count !== answered)
      throw new Unmeasured(`${answered} bookings were answered 201, but PostgreSQL holds ${JSON.stringify(counts)} (${name}).`);
  }
  return { oversold: Math.max(0, answered - event.capacity) };
}

/** Every sampled answer is a hold of this event that PostgreSQL has under that id. */
export async function verifySamples(db: Db, event: HotEvent, samples: readonly string[]): Promise<void> {
  const ids = samples.map((sample) => heldBookingId(event, sample));
  const rows = await db.query('select id from sales.bookings where event_id = $1 and id = any($2::uuid[])', [event.eventId, ids]);
  if (rows.length !== samples.length) throw new Unmeasured(`Of ${samples.length} sampled bookings PostgreSQL holds ${rows.length}.`);
}

function heldBookingId(event: HotEvent, sample: string): string {
  const booking = JSON.parse(sample) as { id: string; state: string; quantity: number };
  const ids = parseCellId('bkg', booking.id);
  if (ids === null || ids.eventId !== event.eventId || booking.state !== 'held' || booking.quantity !== 1) {
    throw new Unmeasured(`An answer is not the hold that was asked for: ${sample}`);
  }
  return ids.id;
}
