import type { Db } from '../../platform/db/index.ts';
import { buildKeyedReader } from './keyed-reader.ts';

/** Bookings in one state, their tickets, and what they cost together in each currency. */
export type BookingSum = { bookings: number; tickets: number; totals: ReadonlyMap<string, number> };
/** Pending bookings and sold ones, as far as their tickets are left; the totals less what was given back. */
export type BookingSums = { held: BookingSum; confirmed: BookingSum };

/** Some ten milliseconds: no snapshot of ours is in the way of a sale. */
const PAGE = 2_000;
const FIRST = '00000000-0000-0000-0000-000000000000';

/** Sums are numeric in PostgreSQL, and come as text. */
type Row = { state: string; currency: string; bookings: number; tickets: string; total: string; rows: number; last: string };

const SUM_PAGE = `
with page as (
  select id, case when state in ('held', 'awaiting_payment') then 'held' when state in ('confirmed', 'partially_refunded') then 'confirmed' end
      as state, currency, quantity - coalesce(cardinality(returned), 0) as quantity, total_minor - refunded_minor as total_minor
  from sales.bookings where event_id = $1 and id > $2 order by id limit $3)
select state, currency, count(*)::int as bookings, sum(quantity)::text as tickets, sum(total_minor)::text as total,
  (select count(*)::int from page) as rows, (select id from page order by id desc limit 1) as last
from page group by state, currency`;

/**
 * What is held and confirmed in an event, added up by pages of its key. Each page is read in a transaction of its own: the sums
 * are of the time it takes to read them, and while tickets are sold of no one moment.
 */
export async function sumBookings({ db }: { db: Db }, eventId: string): Promise<BookingSums> {
  const reader = buildKeyedReader(db);
  const sums = { held: emptySum(), confirmed: emptySum() };
  for (let after = FIRST; ; ) {
    const rows = await reader.query<Row>(SUM_PAGE, [eventId, after, PAGE]);
    for (const row of rows) {
      if (row.state === 'held' || row.state === 'confirmed') add(sums[row.state], row);
    }
    const [page] = rows;
    if (!page || page.rows < PAGE) return sums;
    after = page.last;
  }
}

type Growing = { bookings: number; tickets: number; totals: Map<string, number> };

function emptySum(): Growing {
  return { bookings: 0, tickets: 0, totals: new Map() };
}

function add(sum: Growing, { bookings, tickets, total, currency }: Row): void {
  sum.bookings += bookings;
  sum.tickets += Number(tickets);
  sum.totals.set(currency, (sum.totals.get(currency) ?? 0) + Number(total));
}
