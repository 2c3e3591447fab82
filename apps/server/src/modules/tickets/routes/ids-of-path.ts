import { parseCellId, parseTicketId, type TicketKey } from '../../../platform/ids/index.ts';
import { invalidField, problem } from '../../../platform/http/index.ts';

/** The booking that a path names. A text that is no booking id names nothing: NOT_FOUND. */
export function bookingOfPath(text: string): { eventId: string; bookingId: string } {
  const ids = parseCellId('bkg', text);
  if (ids === null) throw problem('NOT_FOUND', { detail: 'There is no such booking.' });
  return { eventId: ids.eventId, bookingId: ids.id };
}

/** The ticket that a path names; of the given event alone, where one is given. */
export function ticketOfPath(text: string, eventId: string | null = null): TicketKey {
  const key = parseTicketId(text);
  if (key === null || (eventId !== null && key.eventId !== eventId)) throw noSuchTicket();
  return key;
}

/** The ticket after which a page begins, of the event and the booking that the list is about. Throws REQUEST_INVALID. */
export function ticketOfQuery(text: string, of: { eventId: string; bookingId?: string }): TicketKey {
  const key = parseTicketId(text);
  if (key?.eventId !== of.eventId || (of.bookingId !== undefined && key.bookingId !== of.bookingId)) {
    throw invalidField('/query/starting_after', 'must be the id of a ticket of the list');
  }
  return key;
}

/** The row of the event that a query names. Throws REQUEST_INVALID. */
export function cellIdOfQuery(prefix: 'bkg' | 'typ', text: string, { eventId, field }: { eventId: string; field: string }): string {
  const ids = parseCellId(prefix, text);
  if (ids?.eventId !== eventId) throw invalidField(`/query/${field}`, 'must be an id of this event');
  return ids.id;
}

export function noSuchTicket(): Error {
  return problem('NOT_FOUND', { detail: 'There is no such ticket.' });
}
