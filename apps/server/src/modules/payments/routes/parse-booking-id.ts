import { problem } from '../../../platform/http/index.ts';
import { parseCellId } from '../../../platform/ids/index.ts';

/** The booking that a path names. A text that is no booking id names nothing: NOT_FOUND. */
export function parseBookingId(text: string): { eventId: string; bookingId: string } {
  const ids = parseCellId('bkg', text);
  if (ids === null) throw problem('NOT_FOUND', { detail: 'There is no such booking.' });
  return { eventId: ids.eventId, bookingId: ids.id };
}
