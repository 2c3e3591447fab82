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
  return { eventId, lines: parseLines(body.lines, eventId) };
}

/** The lines of a basket. Throws REQUEST_INVALID naming the field. */
export function parseLines(lines: PlaceBookingRequest['lines'], eventId: string): Line[] {
  const parsed = lines.map(({ ticket_type_id: text, quantity, unit_price_minor: chosenPriceMinor }, index) => {
    const ticketTypeId = parseTicketTypeId(text, eventId, `/lines/${index}/ticket_type_id`).id;
    return chosenPriceMinor === undefined ? { ticketTypeId, quantity } : { ticketTypeId, quantity, chosenPriceMinor };
  });
  if (parsed.length > 1) refuseTwoPrices(parsed);
  return parsed;
}

/** Lines of one ticket type are added up: they cannot have two prices. */
function refuseTwoPrices(lines: readonly Line[]): void {
  lines.forEach(({ ticketTypeId, chosenPriceMinor }, index) => {
    const first = lines.find((line) => line.ticketTypeId === ticketTypeId);
    if (first?.chosenPriceMinor === chosenPriceMinor) return;
    throw invalidField(`/lines/${index}/unit_price_minor`, 'must be the same in every line of a ticket type');
  });
}

function parseTicketTypeId(text: string, eventId: string, field: string): CellId {
  const ids = parseCellId('typ', text);
  if (ids === null) throw invalidField(field, 'must be the id of a ticket type');
  if (ids.eventId !== eventId) throw invalidField(field, 'must be of the event in /event_id');
  return ids;
}
