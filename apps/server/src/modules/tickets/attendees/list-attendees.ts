import type { Answer } from '../../catalog/index.ts';
import { unsealSaid, type Said } from './attendee-vault.ts';
import type { AttendeesContext } from './context.ts';
import { readListedTicket, readTicketPage, type ListedTicket, type ListPlace } from './queries/attendee-list.ts';

/** A valid ticket as its organizer sees it, with all that was ever asked and answered. */
export type ListedAttendee = Said & {
  bookingId: string;
  number: number;
  ticketTypeId: string;
  bookingAnswers: readonly Answer[];
};

export type ListAttendees = { eventId: string; after: ListPlace | null; limit: number };

/** A page of an event's attendees, by booking and number. */
export async function listAttendees(attendees: AttendeesContext, page: ListAttendees): Promise<ListedAttendee[]> {
  return unsealed(attendees, page.eventId, await readTicketPage(attendees.inOrder, page));
}

/** Null if there is no such ticket, or if it was given back. */
export async function readAttendee(attendees: AttendeesContext, ticket: ListPlace & { eventId: string }): Promise<ListedAttendee | null> {
  const row = await readListedTicket(attendees.db, ticket);
  return row && ((await unsealed(attendees, ticket.eventId, [row]))[0] ?? null);
}

async function unsealed({ personalKeys }: AttendeesContext, eventId: string, rows: readonly ListedTicket[]): Promise<ListedAttendee[]> {
  const keys = await personalKeys.open(rows.flatMap(({ buyerKey, bookedBy }) => [buyerKey, bookedBy]));
  return rows.map((row) => {
    const { bookingId, number, ticketTypeId, buyerKey, bookedBy } = row;
    const said = unsealSaid(keys.get(buyerKey), { eventId, bookingId, number, buyerKey }, row);
    const sealed = { nameSealed: null, emailSealed: null, answersSealed: row.bookingAnswersSealed };
    const ofBooking = unsealSaid(keys.get(bookedBy), { eventId, bookingId, number: 0, buyerKey: bookedBy }, sealed);
    return { bookingId, number, ticketTypeId, ...said, bookingAnswers: ofBooking.answers };
  });
}
