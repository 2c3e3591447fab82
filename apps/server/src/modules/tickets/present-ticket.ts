import type { OrganizerTicket, Ticket as TicketBody, TicketSigningKey } from '@tessera/contract';
import { formatCellId, formatId, formatTicketId } from '../../platform/ids/index.ts';
import type { EventKey } from './keys/event-keys.ts';
import type { ListedTicket } from './queries/tickets.ts';
import type { SeenTicket } from './read-tickets.ts';

export type PresentTicket = { eventId: string; bookingId: string; nowMs: number; offeredTo?: string | null };

/** Who booked a ticket that somebody else has now sees that, and nothing of what that somebody does with it. */
export function presentTicket({ ticket, isHolder, code }: SeenTicket, place: PresentTicket): TicketBody {
  const { eventId, bookingId, nowMs, offeredTo = null } = place;
  const { number, offeredUntil, state } = ticket;
  const isOffered = isHolder && state === 'valid' && offeredUntil !== null && offeredUntil.getTime() > nowMs;
  return {
    id: formatTicketId({ eventId, bookingId, number }),
    booking_id: formatCellId('bkg', eventId, bookingId),
    event_id: formatId('evt', eventId),
    number,
    ticket_type_id: formatCellId('typ', eventId, ticket.ticketTypeId),
    state: state === 'valid' && !isHolder ? 'transferred' : state,
    code,
    issue: ticket.issue,
    issued_at: ticket.issuedAt.toISOString(),
    offered_until: isOffered ? offeredUntil.toISOString() : null,
    offered_to: isOffered ? offeredTo : null,
    admitted_at: isHolder ? timeOf(ticket.admittedAt) : null,
    revoked_at: timeOf(ticket.revokedAt),
    revoked_reason: ticket.revokedReason,
  };
}

export function presentOrganizerTicket(eventId: string, ticket: ListedTicket): OrganizerTicket {
  const { bookingId, number } = ticket;
  return {
    id: formatTicketId({ eventId, bookingId, number }),
    booking_id: formatCellId('bkg', eventId, bookingId),
    number,
    ticket_type_id: formatCellId('typ', eventId, ticket.ticketTypeId),
    state: ticket.state,
    transferred: ticket.bookedBy !== null,
    issue: ticket.issue,
    issued_at: ticket.issuedAt.toISOString(),
    admitted_at: timeOf(ticket.admittedAt),
    admitted_gate: ticket.admittedGate === null ? null : formatCellId('gat', eventId, ticket.admittedGate),
    revoked_at: timeOf(ticket.revokedAt),
    revoked_reason: ticket.revokedReason,
  };
}

export function presentKey({ keyNo, publicKey, state, createdAtMs }: EventKey): TicketSigningKey {
  return { key_no: keyNo, public_key: publicKey.toString('base64url'), state, created_at: new Date(createdAtMs).toISOString() };
}

function timeOf(date: Date | null): string | null {
  return date?.toISOString() ?? null;
}
