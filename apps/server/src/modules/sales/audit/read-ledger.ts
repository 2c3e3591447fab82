import type { KeyedReader } from '../keyed-reader.ts';
import type { CountedStock } from './stock-sums.ts';

/** One entry of the ledger; `kind` is text, since an audit trusts nothing. whose booking it moved only where that was asked for. */
export type LedgerRow = CountedStock & {
  seq: number;
  kind: string;
  bookingId: string | null;
  ticketTypeId: string | null;
  quotaId: string | null;
  buyerKey: string | null;
  promoCode: string | null;
  countsBuyer: boolean | null;
};

export type LedgerWindow = { eventId: string; after: number; upTo: number; withBuyers: boolean };

const COLUMNS = `l.seq::float8 as seq, l.kind, l.booking_id as "bookingId", l.ticket_type_id as "ticketTypeId", l.quota_id as "quotaId",
  l.capacity_delta as capacity, l.held_delta as held, l.sold_delta as sold, l.set_aside_delta as "setAside", l.taken_delta as taken`;

const WINDOW = `
select ${COLUMNS}, null as "buyerKey", null as "promoCode", null as "countsBuyer"
from sales.ledger l
where l.event_id = $1 and l.seq > $2 and l.seq <= $3
order by l.seq`;

const WINDOW_WITH_BUYERS = `
select ${COLUMNS}, b.buyer_key as "buyerKey", b.promo_code as "promoCode",
  (select p.buyer_uses_max is not null from sales.promo_codes p where p.event_id = $1 and p.code = b.promo_code) as "countsBuyer"
from sales.ledger l
left join lateral (select buyer_key, promo_code from sales.bookings q where q.event_id = $1 and q.id = l.booking_id limit 1) b on true
where l.event_id = $1 and l.seq > $2 and l.seq <= $3
order by l.seq`;

const NEXT = 'select min(seq)::float8 as seq from sales.ledger where event_id = $1 and seq > $2 and seq <= $3';

/** The entries after `after` up to and with `upTo`, in order. */
export function readLedgerWindow(reader: KeyedReader, window: LedgerWindow): Promise<LedgerRow[]> {
  return reader.query<LedgerRow>(window.withBuyers ? WINDOW_WITH_BUYERS : WINDOW, [window.eventId, window.after, window.upTo]);
}

/** The number of the first entry after `after`, or null if there is none up to `upTo`. */
export async function readNextSeq(reader: KeyedReader, window: Omit<LedgerWindow, 'withBuyers'>): Promise<number | null> {
  const rows = await reader.query<{ seq: number | null }>(NEXT, [window.eventId, window.after, window.upTo]);
  return rows[0]?.seq ?? null;
}
