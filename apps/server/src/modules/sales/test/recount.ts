import assert from 'node:assert/strict';
import type { Queryable } from '../../../platform/db/index.ts';

/** The lines of a booking `b`, each with the number of its last ticket: tickets are numbered through the lines. */
const NUMBERED_LINES = `(select u.ticket_type_id, u.quantity, sum(u.quantity) over (order by u.n) as last
      from unnest(b.line_ticket_type_ids, b.line_quantities) with ordinality as u (ticket_type_id, quantity, n))`;

/** The tickets that bookings keep, by lines: those of a line less those among them that came back. */
export const KEPT_LINES = `
  (select b.event_id, b.id, b.buyer_key, case when b.state in ('held', 'awaiting_payment') then 'held' else 'sold' end as stock, l.ticket_type_id,
      l.quantity - (select count(*) from unnest(b.returned) r (number) where r.number > l.last - l.quantity and r.number <= l.last) as quantity
    from sales.bookings b, lateral ${NUMBERED_LINES} l
    where b.event_id = $1 and b.state in ('held', 'awaiting_payment', 'confirmed', 'partially_refunded'))`;

/**
 * Each statement answers rows only where a promise is broken. They count from the rows alone and share no code with
 * the lane or with the audit, so that a mistake in those is not made again here.
 */
const BREACHES: Readonly<Record<string, string>> = {
  'a ticket type is oversold or its counters are not what its bookings say': `
    select t.id, t.capacity, t.held, t.sold, t.set_aside, c.held, c.sold from sales.ticket_types t
    left join lateral (select coalesce(sum(k.quantity) filter (where k.stock = 'held'), 0) as held,
        coalesce(sum(k.quantity) filter (where k.stock = 'sold'), 0) as sold
      from ${KEPT_LINES} k where k.ticket_type_id = t.id) c on true
    where t.event_id = $1 and (t.held + t.taken <> c.held or t.sold <> c.sold or t.held + t.sold + t.set_aside > t.capacity)`,
  'the ledger does not add up to the counters': `
    select t.id from sales.ticket_types t
    left join (select ticket_type_id, sum(held_delta) held, sum(sold_delta) sold, sum(set_aside_delta) set_aside, sum(capacity_delta) capacity, sum(taken_delta) taken
      from sales.ledger where event_id = $1 and ticket_type_id is not null group by 1) l on l.ticket_type_id = t.id
    where t.event_id = $1 and (t.held, t.sold, t.set_aside, t.capacity, t.taken)
      is distinct from (coalesce(l.held, 0), coalesce(l.sold, 0), coalesce(l.set_aside, 0), coalesce(l.capacity, 0), coalesce(l.taken, 0))`,
  'a buyer has another total than the bookings say': `
    select coalesce(t.buyer_key, c.buyer_key), t.quantity, c.quantity
    from (select * from sales.buyer_totals where event_id = $1) t
    full join (select k.buyer_key, k.ticket_type_id, sum(k.quantity) quantity from ${KEPT_LINES} k group by 1, 2) c
      on c.buyer_key = t.buyer_key and c.ticket_type_id = t.ticket_type_id
    where coalesce(t.quantity, 0) <> coalesce(c.quantity, 0)`,
  'a type counts other offers than there are, or more holds wait for offers than there are': `
    select t.id, t.offered, t.taken, c.offers from sales.ticket_types t
    left join lateral (select count(*) offers from sales.offers o where o.event_id = t.event_id and o.ticket_type_id = t.id) c on true
    where t.event_id = $1 and (t.offered <> c.offers or t.taken > t.offered or t.taken < 0)`,
  'an offer is of no ticket that its booking has and offers, or a booking offers what is not among the offers': `
    with offering as materialized (select * from sales.bookings where event_id = $1 and cardinality(offered) > 0)
    select o.*, f.* from (select * from sales.offers where event_id = $1) o
    full join (select b.id, f.number, f.seq, l.ticket_type_id from offering b
      cross join unnest(b.offered, b.offer_seqs) as f (number, seq)
      left join lateral ${NUMBERED_LINES} l on f.number > l.last - l.quantity and f.number <= l.last
        and b.state in ('confirmed', 'partially_refunded') and not coalesce(f.number = any(b.returned), false)) f
      on f.id = o.booking_id and f.number = o.number and f.seq = o.seq and f.ticket_type_id = o.ticket_type_id
    where o.seq is null or f.seq is null`,
  'the ledger or the facts have a gap, or the head another number': `
    select * from (select h.ledger_seq, h.fact_seq,
      (select count(*) from sales.ledger where event_id = $1) ledger_rows, (select coalesce(max(seq), 0) from sales.ledger where event_id = $1) ledger_max,
      (select count(*) from facts.facts where event_id = $1) fact_rows, (select coalesce(max(seq), 0) from facts.facts where event_id = $1) fact_max
      from sales.heads h where event_id = $1) n
    where ledger_seq <> ledger_rows or ledger_seq <> ledger_max or fact_seq <> fact_rows or fact_seq <> fact_max`,
  'a booking was held other than once in the ledger': `
    select l.booking_id, l.entries, b.lines
    from (select booking_id, count(*) entries from sales.ledger where event_id = $1 and kind in ('hold', 'sell') group by 1) l
    full join (select id, cardinality(line_quantities) lines from sales.bookings where event_id = $1) b on b.id = l.booking_id
    where l.entries is distinct from b.lines`,
  'a booking has another total than its lines and what comes on top of them': `
    select b.id, b.total_minor, b.extra_minor from sales.bookings b
    where b.event_id = $1 and b.total_minor <> b.extra_minor + (select sum(l.quantity * l.unit_price_minor)
      from sales.booking_lines l where l.event_id = b.event_id and l.booking_id = b.id)`,
  'a promo code is used more often than it may, or otherwise than the bookings say': `
    select p.code, p.used, c.used from sales.promo_codes p
    left join lateral (select count(*) used from sales.bookings b
      where b.event_id = p.event_id and b.promo_code = p.code and b.state in ('held', 'awaiting_payment', 'confirmed', 'partially_refunded')) c on true
    where p.event_id = $1 and (p.used <> c.used or p.used > p.uses_max)`,
  'a buyer uses a promo code otherwise than the bookings say': `
    select coalesce(u.buyer_key, c.buyer_key), u.uses, c.uses
    from (select * from sales.promo_uses where event_id = $1) u
    full join (select b.buyer_key, b.promo_code code, count(*) uses from sales.bookings b
      join sales.promo_codes p on p.event_id = b.event_id and p.code = b.promo_code and p.buyer_uses_max is not null
      where b.event_id = $1 and b.state in ('held', 'awaiting_payment', 'confirmed', 'partially_refunded') group by 1, 2) c on c.buyer_key = u.buyer_key and c.code = u.code
    where coalesce(u.uses, 0) <> coalesce(c.uses, 0)`,
  'a booking is sold without its money, or has none of its tickets and is sold': `
    select b.id, b.state, b.total_minor, b.paid_minor, b.refunded_minor, b.returned from sales.bookings b
    where b.event_id = $1 and ((b.state in ('confirmed', 'partially_refunded') and b.paid_minor <> b.total_minor)
      or (b.state = 'confirmed' and (b.refunded_minor > 0 or b.returned is not null))
      or (b.state = 'partially_refunded' and (cardinality(b.returned) = b.quantity or (b.refunded_minor = 0 and b.returned is null)))
      or (b.state = 'cancelled' and cardinality(b.returned) is distinct from b.quantity)
      or (b.state = 'refunded' and b.returned is not null and cardinality(b.returned) <> b.quantity)
      or (b.state in ('held', 'released') and b.paid_minor > 0))`,
};

/** Fails unless counters, bookings, ledger, buyer totals and facts of the event tell one story. */
export async function assertSound(db: Queryable, eventId: string): Promise<void> {
  for (const [breach, text] of Object.entries(BREACHES)) assert.deepEqual(await db.queryRows(text, [eventId]), [], breach);
}

/** How many bookings of the event stand in each state. */
export async function countStates(db: Queryable, eventId: string): Promise<Record<string, number>> {
  const rows = await db.queryRows('select state, count(*)::int from sales.bookings where event_id = $1 group by state', [eventId]);
  return Object.fromEntries(rows.map(([state, count]) => [String(state), Number(count)]));
}

export type Counters = { capacity: number; held: number; sold: number; setAside: number };

export async function readCounters(db: Queryable, eventId: string): Promise<Counters> {
  const text = 'select sum(capacity)::int, sum(held)::int, sum(sold)::int, sum(set_aside)::int from sales.ticket_types where event_id = $1';
  const [row = []] = await db.queryRows(text, [eventId]);
  const [capacity, held, sold, setAside] = row.map(Number);
  return { capacity: capacity ?? 0, held: held ?? 0, sold: sold ?? 0, setAside: setAside ?? 0 };
}
