import type { FoundBooking, Guest as GuestAnswer } from '@tessera/contract';
import { formatCellId, formatTicketId } from '../../../platform/ids/index.ts';
import type { Guest } from './find-guests.ts';
import type { DeskTicket } from './queries/desk-tickets.ts';

/** With the name that it bears. */
export type NamedTicket = DeskTicket & { name: string | null };

export function presentGuest(eventId: string, guest: Guest, tickets: readonly NamedTicket[]): GuestAnswer {
  const { kind, by, at } = guest;
  return { ...presentFound(eventId, { bookingId: guest.bookingId, guest, tickets }), kind, by, at: at.toISOString() };
}

export type Found = { bookingId: string; guest: Guest | null; tickets: readonly NamedTicket[] };

/** A booking as the door sees it: a name where one is known here, and its tickets. */
export function presentFound(eventId: string, { bookingId, guest, tickets }: Found): FoundBooking {
  return {
    booking_id: formatCellId('bkg', eventId, bookingId),
    name: guest?.name ?? null,
    note: guest?.note ?? null,
    tickets: tickets
      .filter((ticket) => ticket.bookingId === bookingId)
      .map(({ number, ticketTypeId, state, name, admittedAt }) => ({
        id: formatTicketId({ eventId, bookingId, number }),
        ticket_type_id: formatCellId('typ', eventId, ticketTypeId),
        state,
        holder_name: name,
        admitted_at: admittedAt?.toISOString() ?? null,
      })),
  };
}
