import type { Tx } from '../../platform/db/index.ts';
import { nextChange } from './event-states.ts';
import type { SaleTerms } from './commands.ts';

export type NewSale = { eventId: string; currency: string; terms: SaleTerms };

/** Writes the head of a new event, in the transaction that creates the event. A head that exists is left as it is. */
export async function createSale(tx: Tx, { eventId, currency, terms }: NewSale): Promise<void> {
  await tx.query(
    `insert into sales.heads (event_id, state, currency, hold_length_ms, sales_start_at, sales_end_at, booking_max, buyer_max, expired_until,
       pricing, publish_at, ends_at, next_change_at, resale)
     values ($1, $2, $3, $4, to_timestamp($5::float8 / 1000), to_timestamp($6::float8 / 1000), $7, $8, statement_timestamp(),
       $9::json, to_timestamp($10::float8 / 1000), to_timestamp($11::float8 / 1000), to_timestamp($12::float8 / 1000), $13)
     on conflict (event_id) do nothing`,
    [
      ...[eventId, terms.state, currency, terms.holdLengthMs, terms.salesStartMs, terms.salesEndMs, terms.bookingMax, terms.buyerMax],
      ...[terms.pricing && JSON.stringify(terms.pricing), terms.publishAtMs, terms.endsAtMs, nextChange(terms)?.atMs ?? null],
      terms.resale,
    ],
  );
}
