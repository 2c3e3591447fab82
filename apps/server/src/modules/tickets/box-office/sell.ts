import { sellAtDesk, underHead, type BookingOutcome, type DeskSale, type Refusal } from '../../sales/index.ts';
import type { BoxOffice } from './context.ts';
import { sealName } from './guest-names.ts';
import { insertDeskBooking, type DeskKind } from './queries/desk-bookings.ts';

export type SellRequest = DeskSale & {
  kind: DeskKind;
  name: string | null;
  note: string | null;
  /** Who sells. */
  by: string;
};

/**
 * Sells at the desk, or gives away, and notes to whom: the note comes after the sale, which is a batch of the event's lane. Whoever
 * has not heard of it sends the same again, and it is noted once.
 */
export async function sell({ db, sales, nameKey }: BoxOffice, request: SellRequest): Promise<BookingOutcome | Refusal> {
  const { eventId, kind, name, note, by } = request;
  const outcome = await sellAtDesk(sales, request);
  if (outcome.kind !== 'booking') return outcome;
  const bookingId = outcome.booking.id;
  const nameSealed = name === null ? null : sealName(nameKey, { eventId, bookingId }, name);
  await underHead(db, eventId, async (tx, nowMs) => {
    await insertDeskBooking(tx, eventId, { bookingId, kind, nameSealed, note, by, at: new Date(nowMs) });
    return { result: null, facts: [] };
  });
  return outcome;
}
