import {
  BODY_PROBLEMS,
  ChangedEvent,
  ChangeEventBody,
  EVENT_PAGE_DEFAULT,
  EventList,
  ListOrganizerEventsQuery,
  OrganizationPath,
  OrganizerEvent,
  OrganizerEventPath,
  problemResponses,
} from '@tessera/contract';
import { Type } from 'typebox';
import { invalidField, problem, type HttpServer } from '../../../platform/http/index.ts';
import { parseId } from '../../../platform/ids/index.ts';
import { makesTests } from '../../organizations/index.ts';
import type { Catalog } from '../catalog.ts';
import { changeEvent, type ChangeEventOutcome } from '../change-event.ts';
import { etagOfWords } from '../etag.ts';
import { requireOwnEvent } from '../organizer/own-event.ts';
import { noSuchEvent } from '../parse-ids.ts';
import { presentEventSummary } from '../present-event.ts';
import { presentChangedEvent, presentOrganizerEvent } from '../present-organizer-event.ts';
import type { EventView } from '../read-event.ts';
import { listOwnEvents, readOwnEvent } from '../read-organizer-event.ts';
import { CHANGES, common, memberProblems, READS, type MemberRoutes } from './member-routes.ts';

const listSchema = {
  ...common,
  operationId: 'listOrganizerEvents',
  summary: 'All events of an organization, drafts too, by their start, then by id',
  params: OrganizationPath,
  querystring: ListOrganizerEventsQuery,
  response: { 200: EventList, ...problemResponses(...memberProblems) },
};

const readSchema = {
  ...common,
  operationId: 'readOrganizerEvent',
  summary: 'An event as its organizer sees it',
  description: 'The ETag is that of its words: send it as If-Match with a change, so that nothing that others have written is lost.',
  params: OrganizerEventPath,
  response: { 200: OrganizerEvent, ...problemResponses(...memberProblems) },
};

const changeSchema = {
  ...common,
  operationId: 'changeEvent',
  summary: 'Change an event’s words',
  description:
    'What is not named stays as it is. Other dates or another place of a public event are a move: it needs `move_reason`, is kept and shown, ' +
    'and the answer says how many tickets it concerns.',
  params: OrganizerEventPath,
  headers: Type.Object({ 'if-match': Type.Optional(Type.String({ description: 'The ETag that the words must still have.' })) }),
  body: ChangeEventBody,
  response: { 200: ChangedEvent, ...problemResponses(...memberProblems, ...BODY_PROBLEMS, 'CATALOG_CHANGED_MEANWHILE') },
};

const ONE = '/api/v1/organizations/:id/events/:event_id';

export function organizerEventRoutes(http: HttpServer, routes: MemberRoutes): void {
  const { catalog, organizations } = routes;
  http.get('/api/v1/organizations/:id/events', { schema: listSchema, config: READS }, async (request) => {
    const { organizationId, actor } = await organizations.requireMember(request);
    const { limit = EVENT_PAGE_DEFAULT, starting_after: after } = request.query;
    const startingAfter = after === undefined ? null : parseId('evt', after);
    if (after !== undefined && startingAfter === null) throw notListed();
    const outcome = await listOwnEvents(catalog, { organizationId, testsOnly: makesTests(actor), limit, startingAfter });
    if (outcome.kind === 'unknown_event') throw notListed();
    return { data: outcome.events.map(presentEventSummary), has_more: outcome.hasMore };
  });
  http.get(ONE, { schema: readSchema, config: READS }, async (request, reply) => {
    const { member, eventId } = await requireOwnEvent(routes, request);
    const event = await requireOwn(catalog, member.organizationId, eventId);
    reply.headers(headersOf(event));
    return presentOrganizerEvent(event);
  });
  http.patch(ONE, { schema: changeSchema, config: CHANGES }, async (request, reply) => {
    const { member, eventId } = await requireOwnEvent(routes, request);
    const ifMatch = request.headers['if-match'];
    const { isMoved } = changed(await changeEvent(catalog, { organizations, member, eventId, body: request.body, ifMatch }));
    const event = await requireOwn(catalog, member.organizationId, eventId);
    reply.headers(headersOf(event));
    return presentChangedEvent(event, { isMoved });
  });
}

function changed(outcome: ChangeEventOutcome): Extract<ChangeEventOutcome, { kind: 'changed' }> {
  switch (outcome.kind) {
    case 'changed':
      return outcome;
    case 'unknown_event':
      throw noSuchEvent();
    case 'changed_meanwhile':
      throw problem('CATALOG_CHANGED_MEANWHILE', { detail: 'Read the event again: its words are not those that If-Match names.' });
  }
}

async function requireOwn(catalog: Catalog, organizationId: string, eventId: string): Promise<EventView> {
  const event = await readOwnEvent(catalog, organizationId, eventId);
  if (!event) throw noSuchEvent();
  return event;
}

function headersOf({ record }: EventView): Record<string, string> {
  return { etag: etagOfWords(record), 'cache-control': 'private, no-store' };
}

function notListed(): Error {
  return invalidField('/query/starting_after', 'must be the id of an event of the list');
}
