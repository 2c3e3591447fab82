import { formatCellId, formatId } from '../../../platform/ids/index.ts';
import type { EventView } from '../../catalog/index.ts';
import { isPublic } from '../../sales/index.ts';
import { shortRef, type CalendarEvent } from '../documents/index.ts';
import { PAPER_WORDS } from './paper-words.ts';
import { onlineUrlOf, placeLinesOf } from './place-lines.ts';

export type CalendarPaper = {
  event: EventView;
  publicUrl: string;
  /** Whose entry it is: who holds tickets of a booking is told where to join, everybody is not. */
  bookingId: string | null;
};

/**
 * An event as an entry of a calendar. Who holds tickets has the same entry as everybody, with more in it: an event does not stand
 * twice in a calendar, and is raised by the same moves.
 */
export function calendarPaper({ event, publicUrl, bookingId }: CalendarPaper): CalendarEvent {
  const { eventId, sale, record, organization, moves } = event;
  const { words } = record;
  const id = formatId('evt', eventId);
  const isCancelled = sale.terms.state === 'cancelled' || (sale.terms.state === 'archived' && words.cancellationReason !== null);
  const own = { startsAtMs: words.startsAtMs, endsAtMs: words.endsAtMs };
  return {
    id,
    // No event comes back from being cancelled: the number only rises.
    sequence: record.moves + (isCancelled ? 1 : 0),
    status: isCancelled ? 'cancelled' : 'confirmed',
    changedAtMs: moves[0]?.at.getTime() ?? record.createdAtMs,
    title: words.title,
    times: words.days.length === 0 ? [own] : words.days.map(({ startsAtMs, endsAtMs }) => ({ startsAtMs, endsAtMs })),
    placeLines: placeLinesOf(event),
    onlineUrl: bookingId === null ? null : onlineUrlOf(event),
    description: describe(event, bookingId),
    url: isPublic(sale.terms.state) ? `${publicUrl}/events/${id}` : null,
    organizer: { name: organization.name, email: organization.contactEmail },
  };
}

function describe({ eventId, record }: EventView, bookingId: string | null): string | null {
  const { summary } = record.words;
  const booking = bookingId === null ? '' : `${PAPER_WORDS.en.booking} ${shortRef(formatCellId('bkg', eventId, bookingId))}`;
  return [summary, booking].filter((text) => text !== '').join('\n\n') || null;
}
