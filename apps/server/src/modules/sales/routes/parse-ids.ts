import type { PlaceBookingRequest } from '@tessera/contract';
import { parseCellId, parseId, type CellId } from '../../../platform/ids/index.ts';
import { invalidField, problem } from '../../../platform/http/index.ts';
import type { Line } from '../commands.ts';

/** The booking that a path names. A text that is no booking id names nothing: NOT_FOUND. */
export function parseBookingId(text: string): { eventId: string; bookingId: string } {
  const ids = parseCellId('bkg', text);
  if (ids === null) throw problem('NOT_FOUND', { detail: 'There is no such booking.' });
  return { eventId: ids.eventId, bookingId: ids.id };
}

/** Event and lines of a basket, each ticket type of that event. Throws REQUEST_INVALID naming the field. */
export function parseBasket(body: PlaceBookingRequest): { eventId: string; lines: Line[] } {
  const eventId = parseId('evt', body.event_id);
  if (eventId === null) throw invalidField('/event_id', 'must be the id of an event');
  const lines = body.lines.map((line, index) => {
    const field = `/lines/${index}/ticket_type_id`;
    return { ticketTypeId: parseTicketTypeId(line.ticket_type_id, eventId, field).id, quantity: line.quantity };
  });
  return { eventId, lines };
}

function parseTicketTypeId(text: string, eventId: string, field: string): CellId {
  const ids = parseCellId('typ', text);
  if (ids === null) throw invalidField(field, 'must be the id of a ticket type');
  if (ids.eventId !== eventId) throw invalidField(field, 'must be of the event in /event_id');
  return ids;
}
