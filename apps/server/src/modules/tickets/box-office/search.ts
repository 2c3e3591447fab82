import { parseCellId, parseTicketId } from '../../../platform/ids/index.ts';
import type { BoxOffice } from './context.ts';
import { findGuests, foldName, LOOKED_AT_MAX } from './find-guests.ts';

export const FOUND_MAX = 100;
const PAGE = 500;

/** The bookings that somebody at the door may mean: by the id of a booking or a ticket, else by a part of a name. */
export async function searchBookings(office: BoxOffice, eventId: string, text: string): Promise<string[]> {
  const booking = parseCellId('bkg', text);
  if (booking) return booking.eventId === eventId ? [booking.id] : [];
  const ticket = parseTicketId(text);
  if (ticket) return ticket.eventId === eventId ? [ticket.bookingId] : [];
  const guests = await findGuests(office, { eventId, kind: null, name: text, afterBookingId: null, limit: FOUND_MAX });
  const found = new Set(guests.map(({ bookingId }) => bookingId));
  await addAttendees(office, { eventId, wanted: foldName(text), found });
  return [...found].slice(0, FOUND_MAX);
}

type Wanted = { eventId: string; wanted: string; found: Set<string> };

/** Adds the bookings of those who come by that name, of the first tickets of the event: names must be opened to be looked at. */
async function addAttendees({ attendees }: BoxOffice, { eventId, wanted, found }: Wanted): Promise<void> {
  let after: { bookingId: string; number: number } | null = null;
  for (let lookedAt = 0; lookedAt < LOOKED_AT_MAX && found.size < FOUND_MAX; lookedAt += PAGE) {
    const page: Awaited<ReturnType<typeof attendees.listAttendees>> = await attendees.listAttendees({ eventId, after, limit: PAGE });
    for (const { name, bookingId } of page) if (name !== null && foldName(name).includes(wanted)) found.add(bookingId);
    after = page.at(-1) ?? null;
    if (page.length < PAGE) return;
  }
}
