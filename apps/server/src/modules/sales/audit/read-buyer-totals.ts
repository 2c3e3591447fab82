import { invariant } from '../../../platform/invariant.ts';
import type { KeyedReader } from '../keyed-reader.ts';

export type BuyerTotalRow = { buyerKey: string; ticketTypeId: string; quantity: number };

/** A page of buyers' totals, and the head's ledger number of the moment at which it was read. */
export type BuyerTotalPage = { totals: BuyerTotalRow[]; headSeq: number };

export type BuyerTotalCursor = { eventId: string; afterBuyerKey: string; afterTicketTypeId: string; limit: number };

const PAGE = `
select h.ledger_seq::float8 as "headSeq", t.buyer_key as "buyerKey", t.ticket_type_id as "ticketTypeId", t.quantity
from sales.heads h
left join lateral (
  select * from sales.buyer_totals p
  where p.event_id = $1 and (p.buyer_key, p.ticket_type_id) > ($2, $3)
  order by p.buyer_key, p.ticket_type_id limit $4) t on true
where h.event_id = $1
order by t.buyer_key, t.ticket_type_id`;

type Row = BuyerTotalRow & { buyerKey: string | null; headSeq: number };

/** The next totals after a buyer's of a ticket type, by their key. */
export async function readBuyerTotalPage(reader: KeyedReader, at: BuyerTotalCursor): Promise<BuyerTotalPage> {
  const rows = await reader.query<Row>(PAGE, [at.eventId, at.afterBuyerKey, at.afterTicketTypeId, at.limit]);
  const first = rows[0];
  invariant(first, 'the head of an audited event is gone');
  // A head without totals answers one row that has no total in it.
  return { headSeq: first.headSeq, totals: rows.filter((row) => row.buyerKey !== null) };
}
