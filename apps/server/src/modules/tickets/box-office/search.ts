import { parseCellId, parseTicketId } from '../../../platform/ids/index.ts';
import type { BoxOffice } from './context.ts';
import { findGuests } from './find-guests.ts';

export const FOUND_MAX = 100;

/** The bookings that somebody at the door may mean: by the id of a booking or a ticket, else by a part of a name. */
export async function searchBookings(office: BoxOffice, eventId: string, text: string): Promise<string[]> {
  const booking = parseCellId('bkg', text);
  if (booking) return booking.eventId === eventId ? [booking.id] : [];
  const ticket = parseTicketId(text);
  if (ticket) return ticket.eventId === eventId ? [ticket.bookingId] : [];
  const guests = await findGuests(office, { eventId, kind: null, name: text, afterBookingId: null, limit: FOUND_MAX });
  return guests.map(({ bookingId }) => bookingId);
}
