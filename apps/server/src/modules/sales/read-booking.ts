import type { Sales } from './context.ts';
import type { Booking } from './decide/state.ts';
import { parseBooking } from './lane/parse-rows.ts';
import { READ_BOOKING_TEXT, READ_SOME_BOOKINGS_TEXT } from './lane/read-statements.ts';

/** A booking as it stands at `nowMs`, by the clock of PostgreSQL; null if there is none. */
export async function readBooking(
  sales: Sales,
  { eventId, bookingId }: { eventId: string; bookingId: string },
): Promise<{ booking: Booking; nowMs: number } | null> {
  const [row] = await sales.db.queryRows(READ_BOOKING_TEXT, [eventId, bookingId]);
  if (!row) return null;
  const [nowMs, ...columns] = row;
  return { booking: parseBooking(columns), nowMs: Number(nowMs) };
}

/** Bookings of one event by id, in one statement; those that are not there are left out. */
export async function readBookings(
  sales: Sales,
  { eventId, bookingIds }: { eventId: string; bookingIds: readonly string[] },
): Promise<{ bookings: Booking[]; nowMs: number }> {
  const rows = await sales.db.queryRows(READ_SOME_BOOKINGS_TEXT, [eventId, bookingIds]);
  return { bookings: rows.map(([, ...columns]) => parseBooking(columns)), nowMs: Number(rows[0]?.[0] ?? 0) };
}
