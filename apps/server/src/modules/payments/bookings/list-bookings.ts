import { readBookings, type Booking } from '../../sales/index.ts';
import type { Payments } from '../context.ts';
import { readOwedOf, type OwedView } from '../queries/owed.ts';
import { readPaidBookingIds, readTransfersOf, type TransferRow } from '../queries/transfers.ts';

export type BookingPage = { bookings: Booking[]; nowMs: number; hasMore: boolean };

/** The bookings of an event that money moved for, by id, as they stand. */
export async function listBookings(
  { db, sales }: Payments,
  { eventId, after, limit }: { eventId: string; after: string | null; limit: number },
): Promise<BookingPage> {
  const ids = await readPaidBookingIds(db, { eventId, after, limit: limit + 1 });
  const { bookings, nowMs } = await readBookings(sales, { eventId, bookingIds: ids.slice(0, limit) });
  bookings.sort((a, b) => (a.id < b.id ? -1 : 1));
  return { bookings, nowMs, hasMore: ids.length > limit };
}

export type BookingMoney = { booking: Booking; nowMs: number; transfers: TransferRow[]; owed: OwedView[] };

/** A booking with all that its money did and is still to do; null if there is none. */
export async function readBookingMoney({ db, sales }: Payments, eventId: string, bookingId: string): Promise<BookingMoney | null> {
  const { bookings, nowMs } = await readBookings(sales, { eventId, bookingIds: [bookingId] });
  const [booking] = bookings;
  if (!booking) return null;
  const transfers = await readTransfersOf(db, eventId, bookingId);
  const owed = await readOwedOf(db, eventId, bookingId);
  return { booking, nowMs, transfers, owed };
}
