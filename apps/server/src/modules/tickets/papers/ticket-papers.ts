import { formatCellId } from '../../../platform/ids/index.ts';
import { invariant } from '../../../platform/invariant.ts';
import type { EventView } from '../../catalog/index.ts';
import type { Booking } from '../../sales/index.ts';
import type { DocumentLocale, TicketDocument } from '../documents/index.ts';
import type { Ticket } from '../queries/tickets.ts';
import { PAPER_WORDS } from './paper-words.ts';
import { onlineUrlOf, placeLinesOf } from './place-lines.ts';

/** A ticket that is worth something, with its code and the name that is on it. */
export type PrintedTicket = { ticket: Pick<Ticket, 'number' | 'bookedBy'>; code: string; name: string | null };

export type TicketPapers = {
  event: EventView;
  booking: Booking;
  tickets: readonly PrintedTicket[];
  isSandboxPaid: boolean;
  locale: DocumentLocale;
};

/** Tickets of a booking as they are printed. */
export function ticketPapers({ event, booking, tickets, isSandboxPaid, locale }: TicketPapers): TicketDocument[] {
  const { eventId, organization, record } = event;
  const { words } = record;
  const terms = words.terms ?? organization.terms;
  const common = {
    title: words.title,
    startsAtMs: words.startsAtMs,
    endsAtMs: words.endsAtMs,
    doorsAtMs: words.doorsAtMs,
    timeZone: words.timeZone,
    placeLines: placeLinesOf(event),
    onlineUrl: onlineUrlOf(event),
    bookingRef: formatCellId('bkg', eventId, booking.id),
    of: booking.quantity,
    currency: booking.currency,
    organizer: { name: organization.name, contact: organization.contactEmail },
    accentColour: organization.accentColour,
    isTest: record.isTest || isSandboxPaid,
    notes: terms === null ? [] : [terms],
  };
  return tickets.map(({ ticket: { number, bookedBy }, code, name }) => {
    const line = lineOf(booking, number);
    return {
      ...common,
      ...{ number, code, holderName: name },
      ticketType: typeNameOf(event, line.ticketTypeId, locale),
      // What a present has cost is told to who paid for it.
      priceMinor: bookedBy === null ? line.unitPriceMinor : null,
    };
  });
}

/** What a ticket type is called; it is no news that one has lost its words. */
export function typeNameOf({ ticketTypes }: Pick<EventView, 'ticketTypes'>, ticketTypeId: string, locale: DocumentLocale): string {
  return ticketTypes.find(({ id }) => id === ticketTypeId)?.words.name ?? PAPER_WORDS[locale].ticket;
}

/** Tickets are numbered from one, through the lines in their order. */
function lineOf({ lines }: Pick<Booking, 'lines'>, number: number): Booking['lines'][number] {
  let left = number;
  for (const line of lines) {
    if (left <= line.quantity) return line;
    left -= line.quantity;
  }
  invariant(false, 'a ticket is of a line of its booking');
}
