import { EVENT_PAGE_DEFAULT, EventList, ListEventsQuery, problemResponses } from '@tessera/contract';
import { parseId } from '../../../platform/ids/index.ts';
import { invalidField, type HttpServer } from '../../../platform/http/index.ts';
import type { Catalog } from '../catalog.ts';
import { etagOfBody } from '../etag.ts';
import { listEvents } from '../list-events.ts';
import { presentEventSummary } from '../present-event.ts';
import { isUnchanged, notModified } from './conditional.ts';

const schema = {
  operationId: 'listEvents',
  summary: 'List public events',
  description: 'Events that are published, on sale, paused, ended or cancelled, by their start, then by id.',
  tags: ['events'],
  querystring: ListEventsQuery,
  response: { 200: EventList, 304: notModified, ...problemResponses('REQUEST_INVALID', 'UNAVAILABLE') },
};

export function listEventsRoute(http: HttpServer, catalog: Catalog): void {
  http.get('/api/v1/events', { schema }, async (request, reply) => {
    const { limit = EVENT_PAGE_DEFAULT, starting_after: after } = request.query;
    const startingAfter = after === undefined ? null : parseId('evt', after);
    if (after !== undefined && startingAfter === null) throw notListed();
    const outcome = await listEvents(catalog, { limit, startingAfter, endsAfterMs: null });
    if (outcome.kind === 'unknown_event') throw notListed();
    const page: EventList = { data: outcome.events.map(presentEventSummary), has_more: outcome.hasMore };
    if (isUnchanged(request, reply, etagOfBody(JSON.stringify(page)))) return reply.code(304).send(null);
    return page;
  });
}

function notListed(): Error {
  return invalidField('/query/starting_after', 'must be the id of an event of the list');
}
