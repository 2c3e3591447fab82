import { EVENT_PAGE_DEFAULT, EventList, ListEventsQuery, problemResponses } from '@tessera/contract';
import type { Static } from 'typebox';
import { parseId } from '../../../platform/ids/index.ts';
import { invalidField, type HttpServer } from '../../../platform/http/index.ts';
import type { Catalog } from '../catalog.ts';
import { etagOfBody } from '../etag.ts';
import { instantMs } from '../instant.ts';
import { canonicalLanguage } from '../language-tags.ts';
import { listEvents } from '../list-events.ts';
import { normalTag } from '../normal-text.ts';
import { presentEventSummary } from '../present-event.ts';
import type { ListFilters } from '../queries/events.ts';
import { isUnchanged, notModified } from './conditional.ts';

const schema = {
  operationId: 'listEvents',
  summary: 'List public events',
  description:
    'Events that are published, on sale, paused, ended or cancelled, by their start, then by id. Every filter that is given must be met.',
  tags: ['events'],
  querystring: ListEventsQuery,
  response: { 200: EventList, 304: notModified, ...problemResponses('REQUEST_INVALID', 'UNAVAILABLE') },
};

export function listEventsRoute(http: HttpServer, catalog: Catalog): void {
  http.get('/api/v1/events', { schema, config: { audience: 'public' } }, async (request, reply) => {
    const { limit = EVENT_PAGE_DEFAULT, starting_after: after } = request.query;
    const startingAfter = after === undefined ? null : parseId('evt', after);
    if (after !== undefined && startingAfter === null) throw notListed();
    const endsAfterMs = request.query.from === undefined ? null : instantMs(request.query.from, '/query/from');
    const outcome = await listEvents(catalog, { limit, startingAfter, endsAfterMs, filters: filtersOf(request.query) });
    if (outcome.kind === 'unknown_event') throw notListed();
    const page: EventList = { data: outcome.events.map(presentEventSummary), has_more: outcome.hasMore };
    if (isUnchanged(request, reply, etagOfBody(JSON.stringify(page)))) return reply.code(304).send(null);
    return page;
  });
}

function filtersOf({ category, tag, language, city, until }: Static<typeof ListEventsQuery>): ListFilters {
  return {
    category: category ?? null,
    tag: tag === undefined ? null : parsed(normalTag(tag), '/query/tag', 'must be a tag'),
    language: language === undefined ? null : parsed(canonicalLanguage(language), '/query/language', 'must be a language of BCP 47'),
    city: city ?? null,
    startsBeforeMs: until === undefined ? null : instantMs(until, '/query/until'),
  };
}

function parsed(value: string | null, field: string, detail: string): string {
  if (value === null) throw invalidField(field, detail);
  return value;
}

function notListed(): Error {
  return invalidField('/query/starting_after', 'must be the id of an event of the list');
}
