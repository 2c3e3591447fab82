import type { BoxOffice } from './context.ts';
import type { NamedTicket } from './present-guest.ts';
import { readTicketsOf } from './queries/desk-tickets.ts';

/** The tickets of some bookings with the names that they bear. */
export async function readNamedTickets(
  { db, readNames }: BoxOffice,
  eventId: string,
  bookingIds: readonly string[],
): Promise<NamedTicket[]> {
  const tickets = await readTicketsOf(db, eventId, bookingIds);
  const names = await readNames({ eventId, tickets });
  return tickets.map((ticket, index) => ({ ...ticket, name: names[index] ?? null }));
}
