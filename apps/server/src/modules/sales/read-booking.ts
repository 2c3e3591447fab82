import { buildGather, type Gather } from '../../platform/db/index.ts';
import type { Sales } from './context.ts';
import type { Booking } from './decide/state.ts';
import { parseBooking } from './lane/parse-rows.ts';
import { READ_SOME_BOOKINGS_TEXT } from './lane/read-statements.ts';

type Read = { booking: Booking; nowMs: number };

/** A server asks one database for its bookings, whoever in it asks. */
const gathers = new WeakMap<Sales['db'], Gather<Read | null>>();

/**
 * A booking as it stands at `nowMs`, by the clock of PostgreSQL; null if there is none. What is asked for at the same time is read by
 * one statement.
 */
export function readBooking(
  { db }: Pick<Sales, 'db'>,
  { eventId, bookingId }: { eventId: string; bookingId: string },
): Promise<Read | null> {
  let gather = gathers.get(db);
  if (!gather) {
    gather = buildGather<Read | null>({ load: (event, ids) => loadInOrder(db, event, ids) });
    gathers.set(db, gather);
  }
  return gather(eventId, bookingId);
}

async function loadInOrder(db: Sales['db'], eventId: string, ids: readonly string[]): Promise<(Read | null)[]> {
  const { bookings, nowMs } = await readBookings({ db }, { eventId, bookingIds: [...new Set(ids)] });
  const found = new Map(bookings.map((booking) => [booking.id, { booking, nowMs }]));
  return ids.map((id) => found.get(id) ?? null);
}

/** Bookings of one event by id, in one statement; those that are not there are left out. */
export async function readBookings(
  { db }: Pick<Sales, 'db'>,
  { eventId, bookingIds }: { eventId: string; bookingIds: readonly string[] },
): Promise<{ bookings: Booking[]; nowMs: number }> {
  const rows = await db.queryRows(READ_SOME_BOOKINGS_TEXT, [eventId, bookingIds]);
  return { bookings: rows.map(([, ...columns]) => parseBooking(columns)), nowMs: Number(rows[0]?.[0] ?? 0) };
}
