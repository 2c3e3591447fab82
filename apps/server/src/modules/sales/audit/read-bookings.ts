import { invariant } from '../../../platform/invariant.ts';
import type { KeyedReader } from '../keyed-reader.ts';

/** An entry of a booking's last move: [booking, kind, ticket type, held, sold]. */
export type MoveEntry = [bookingId: string | null, kind: string, ticketTypeId: string | null, held: number, sold: number];
export type BookingLineRow = [ticketTypeId: string, quantity: number];

/** A booking with its lines and the ledger entries of its last move, all as of one moment. */
export type AuditedBooking = {
  id: string;
  buyerKey: string;
  state: string;
  quantity: number;
  totalMinor: number;
  /** What the total should be: the lines at their prices, and what comes on top of them. */
  addedUpMinor: number;
  promoCode: string | null;
  /** Whether the promo code counts the uses of each buyer; null without one. */
  countsBuyer: boolean | null;
  ledgerSeq: number;
  /** In the order in which their tickets are numbered. */
  lines: BookingLineRow[];
  /** The numbers of tickets that came back. */
  returned: number[];
  /** The numbers of tickets that it says it offers, and of those whose offer is there and names them. */
  offered: number[];
  offeredAtAll: number[];
  lastMove: MoveEntry[];
};

/** A page of bookings, and the head's ledger number of the moment at which it was read. */
export type BookingPage = { bookings: AuditedBooking[]; headSeq: number };

/**
 * A move writes one entry per line, in a row, and the booking keeps the number of the last: so its entries are found
 * by the ledger's key, and nobody needs an index by booking.
 */
const LINES_AND_LAST_MOVE = `
left join lateral (
  select json_agg(json_build_array(i.ticket_type_id, i.quantity) order by i.n) as lines, count(*) as count,
    sum(i.quantity * i.price_minor) as minor
  from unnest(b.line_ticket_type_ids, b.line_quantities, b.line_unit_prices_minor) with ordinality
    as i (ticket_type_id, quantity, price_minor, n)) n on true
left join lateral (
  select json_agg(json_build_array(l.booking_id, l.kind, l.ticket_type_id, l.held_delta + l.taken_delta, l.sold_delta) order by l.seq) as moves
  from sales.ledger l where l.event_id = $1 and l.seq > b.ledger_seq - n.count and l.seq <= b.ledger_seq) m on true
where h.event_id = $1
order by b.id`;

const COLUMNS = `h.ledger_seq::float8 as "headSeq", b.id, b.buyer_key as "buyerKey", b.state, b.quantity,
  b.total_minor::float8 as "totalMinor", (n.minor + b.extra_minor)::float8 as "addedUpMinor", b.promo_code as "promoCode",
  (select p.buyer_uses_max is not null from sales.promo_codes p where p.event_id = $1 and p.code = b.promo_code) as "countsBuyer",
  b.ledger_seq::float8 as "ledgerSeq", coalesce(n.lines, '[]') as lines, coalesce(b.returned, '{}') as returned,
  coalesce(b.offered, '{}') as offered, case when b.offered is null then '{}' else array(
    select f.number from unnest(b.offered, b.offer_seqs) as f (number, seq), unnest(b.line_ticket_type_ids) as t (id),
      lateral (select * from sales.offers o where o.event_id = $1 and o.ticket_type_id = t.id and o.seq = f.seq limit 1) o
    where o.booking_id = b.id and o.number = f.number) end as "offeredAtAll", coalesce(m.moves, '[]') as "lastMove"`;

const PAGE = `
select ${COLUMNS}
from sales.heads h
left join lateral (select * from sales.bookings p where p.event_id = $1 and p.id > $2 order by p.id limit $3) b on true
${LINES_AND_LAST_MOVE}`;

/** `limit 1` keeps the look-up one by the whole key: PostgreSQL 15 would rather read the event and filter. */
const BY_ID = `
select ${COLUMNS}
from sales.heads h
left join lateral (
  select p.* from unnest($2::uuid[]) as u (id),
    lateral (select * from sales.bookings q where q.event_id = $1 and q.id = u.id limit 1) p) b on true
${LINES_AND_LAST_MOVE}`;

type Row = AuditedBooking & { id: string | null; headSeq: number };

/** The next bookings after `afterId`, by id. */
export async function readBookingPage(reader: KeyedReader, at: { eventId: string; afterId: string; limit: number }): Promise<BookingPage> {
  return toPage(await reader.query<Row>(PAGE, [at.eventId, at.afterId, at.limit]));
}

export async function readBookingsById(reader: KeyedReader, eventId: string, ids: readonly string[]): Promise<BookingPage> {
  return toPage(await reader.query<Row>(BY_ID, [eventId, ids]));
}

function toPage(rows: Row[]): BookingPage {
  const first = rows[0];
  invariant(first, 'the head of an audited event is gone');
  // A head without bookings answers one row that has no booking in it.
  return { headSeq: first.headSeq, bookings: rows.filter((row) => row.id !== null) };
}
