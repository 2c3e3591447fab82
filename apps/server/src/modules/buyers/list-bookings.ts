import type { Booking as BookingBody } from '@tessera/contract';
import { presentBooking, readBookings } from '../sales/index.ts';
import type { BuyersContext } from './context.ts';
import { readNewest, readPlace, type BookingPlace, type BookingRow } from './queries/bookings.ts';

export type ListBookings = {
  buyerKeys: readonly string[];
  limit: number;
  /** The last booking of the page before, or null for the first page. */
  startingAfter: { eventId: string; bookingId: string } | null;
};

export type ListedBooking = { buyerKey: string; booking: BookingBody };
export type ListOutcome = { kind: 'page'; bookings: ListedBooking[]; hasMore: boolean } | { kind: 'unknown_booking' };

/** The bookings of some buyers, newest first, as they stand now. Pages stay as they are while new ones come. */
export async function listBookings(buyers: BuyersContext, { buyerKeys, limit, startingAfter }: ListBookings): Promise<ListOutcome> {
  let after: BookingPlace | null = null;
  if (startingAfter) {
    after = await readPlace(buyers.db, { buyerKeys, ...startingAfter });
    if (!after) return { kind: 'unknown_booking' };
  }
  const rows = await readNewest(buyers.db, { buyerKeys, after, limit: limit + 1 });
  return { kind: 'page', bookings: await hydrate(buyers, rows.slice(0, limit)), hasMore: rows.length > limit };
}

/** One statement for each event: a booking is found where its event lies. */
async function hydrate({ sales }: BuyersContext, rows: readonly BookingRow[]): Promise<ListedBooking[]> {
  const found = new Map<string, BookingBody>();
  for (const [eventId, ofEvent] of Map.groupBy(rows, (row) => row.eventId)) {
    const { bookings, nowMs } = await readBookings(sales, { eventId, bookingIds: ofEvent.map((row) => row.bookingId) });
    for (const booking of bookings) found.set(booking.id, presentBooking(eventId, booking, nowMs));
  }
  return rows.flatMap(({ buyerKey, bookingId }) => {
    const booking = found.get(bookingId);
    return booking ? [{ buyerKey, booking }] : [];
  });
}
