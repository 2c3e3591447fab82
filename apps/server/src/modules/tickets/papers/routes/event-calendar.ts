import { CalendarFile, EventParams, problemResponses } from '@tessera/contract';
import { problem, type HttpServer } from '../../../../platform/http/index.ts';
import { parseId } from '../../../../platform/ids/index.ts';
import { readEvent } from '../../../catalog/index.ts';
import { renderCalendar } from '../../documents/index.ts';
import { calendarPaper } from '../calendar-paper.ts';
import type { PapersContext } from '../papers-context.ts';
import { sendFile } from './send-file.ts';

/** Programs ask for the entries that they follow every few minutes at most; a move is told to all of them within one more. */
const CACHED_SECONDS = 60;

const schema = {
  operationId: 'readEventCalendar',
  summary: 'A public event for calendars',
  description: 'An entry for each day. Moved, it has a higher SEQUENCE; cancelled, it says so.',
  tags: ['events'],
  params: EventParams,
  response: { 200: CalendarFile, ...problemResponses('NOT_FOUND', 'UNAVAILABLE') },
};

export function eventCalendarRoute(http: HttpServer, { tickets, publicUrl }: PapersContext): void {
  http.get('/api/v1/events/:id/calendar.ics', { schema, config: { audience: 'public' } }, async (request, reply) => {
    const eventId = parseId('evt', request.params.id);
    const event = eventId && (await readEvent(tickets.catalog, { eventId, viewer: { kind: 'buyer', accessCode: null } }));
    if (!event) throw problem('NOT_FOUND', { detail: 'There is no such event.' });
    const bytes = renderCalendar(calendarPaper({ event, publicUrl, bookingId: null }));
    const cache = `public, max-age=${CACHED_SECONDS}`;
    return sendFile(reply, { ascii: 'event', words: event.record.words.title, ending: 'ics', bytes, cache });
  });
}
