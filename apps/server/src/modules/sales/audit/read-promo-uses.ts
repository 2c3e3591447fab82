import { invariant } from '../../../platform/invariant.ts';
import type { KeyedReader } from '../keyed-reader.ts';

/** How often a code is used: by everybody, or, with a buyer's key, by that buyer. */
export type PromoUseRow = { buyerKey: string; code: string; uses: number };

/** A page of uses, and the head's ledger number of the moment at which it was read. */
export type PromoUsePage = { uses: PromoUseRow[]; headSeq: number };

/** In place of a buyer's key, for the uses of everybody. */
export const EVERYBODY = '';

const CODES_PAGE = `
select h.ledger_seq::float8 as "headSeq", p.code, p.used as uses
from sales.heads h
left join lateral (
  select * from sales.promo_codes c where c.event_id = $1 and c.code > $2 order by c.code limit $3) p on true
where h.event_id = $1
order by p.code`;

const BUYERS_PAGE = `
select h.ledger_seq::float8 as "headSeq", u.buyer_key as "buyerKey", u.code, u.uses
from sales.heads h
left join lateral (
  select * from sales.promo_uses p
  where p.event_id = $1 and (p.buyer_key, p.code) > ($2, $3)
  order by p.buyer_key, p.code limit $4) u on true
where h.event_id = $1
order by u.buyer_key, u.code`;

type Row = PromoUseRow & { code: string | null; headSeq: number };

/** The next codes after one, with the uses of everybody. */
export async function readPromoCodePage(
  reader: KeyedReader,
  at: { eventId: string; afterCode: string; limit: number },
): Promise<PromoUsePage> {
  const page = toPage(await reader.query<Row>(CODES_PAGE, [at.eventId, at.afterCode, at.limit]));
  return { ...page, uses: page.uses.map((use) => ({ ...use, buyerKey: EVERYBODY })) };
}

export type BuyerUseCursor = { eventId: string; afterBuyerKey: string; afterCode: string; limit: number };

/** The next uses after a buyer's of a code, by their key. */
export async function readBuyerUsePage(reader: KeyedReader, at: BuyerUseCursor): Promise<PromoUsePage> {
  return toPage(await reader.query<Row>(BUYERS_PAGE, [at.eventId, at.afterBuyerKey, at.afterCode, at.limit]));
}

function toPage(rows: Row[]): PromoUsePage {
  const first = rows[0];
  invariant(first, 'the head of an audited event is gone');
  // A head without uses answers one row that has no code in it.
  return { headSeq: first.headSeq, uses: rows.filter((row) => row.code !== null) };
}
