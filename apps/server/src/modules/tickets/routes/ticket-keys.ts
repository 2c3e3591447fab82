import { EventParams, MEMBER_PROBLEMS, OwnEventPath, problemResponses, RotateKeysBody, TicketKeyList } from '@tessera/contract';
import { idempotencyKeyOf, markAnswer, problem, replayed, type HttpServer } from '../../../platform/http/index.ts';
import { newUuid, parseId, uuidFromText } from '../../../platform/ids/index.ts';
import { requireOwnEvent } from '../../catalog/index.ts';
import { isEventPublic } from '../../sales/index.ts';
import type { TicketsRoutes } from '../context.ts';
import { presentKey } from '../present-ticket.ts';
import { asMember, memberBodyProblems } from './documents.ts';

const PATH = '/api/v1/organizations/:id/events/:event_id/ticket-keys';
/** Doors that were told of a key that is revoked since then let in what it signed for that long, unless they ask anew. */
const CACHED_SECONDS = 60;

const publicSchema = {
  operationId: 'readTicketKeys',
  summary: 'The keys with which codes of an event are verified where nobody can be asked',
  description:
    'What a retired key has signed is good, what a revoked one has signed is not. The format of a code is that of the package `ticket-code`.',
  tags: ['tickets'],
  params: EventParams,
  response: { 200: TicketKeyList, ...problemResponses('NOT_FOUND', 'UNAVAILABLE') },
};

const listSchema = {
  ...asMember,
  operationId: 'listTicketKeys',
  summary: 'The keys that sign the codes of an event',
  params: OwnEventPath,
  response: { 200: TicketKeyList, ...problemResponses(...MEMBER_PROBLEMS) },
};

const rotateSchema = {
  ...asMember,
  operationId: 'rotateTicketKeys',
  summary: 'Sign codes with a new key',
  description:
    'Codes are signed with the new key within seconds, when they are next read; tickets stay as they are. With `revoke`, what was printed before can be verified by asking alone.',
  params: OwnEventPath,
  body: RotateKeysBody,
  response: {
    200: replayed(TicketKeyList),
    201: TicketKeyList,
    ...problemResponses(...memberBodyProblems, 'IDEMPOTENCY_KEY_INVALID', 'TICKETS_TOO_MANY_KEYS'),
  },
};

export function ticketKeyRoutes(http: HttpServer, { tickets, organizations }: TicketsRoutes): void {
  const { keys, sales, clock } = tickets;
  const owning = { catalog: tickets.catalog, organizations };

  http.get('/api/v1/events/:id/ticket-keys', { schema: publicSchema, config: { audience: 'public' } }, async (request, reply) => {
    const eventId = parseId('evt', request.params.id);
    if (eventId === null || !(await isEventPublic(sales, eventId))) throw noSuchEvent();
    reply.header('cache-control', `public, max-age=${CACHED_SECONDS}`);
    return { data: (await keys.list(eventId)).map(presentKey) };
  });

  http.get(PATH, { schema: listSchema, config: { permission: 'tickets.read' } }, async (request, reply) => {
    const { eventId } = await requireOwnEvent(owning, request);
    reply.header('cache-control', 'private, no-store');
    return { data: (await keys.list(eventId)).map(presentKey) };
  });

  http.post(`${PATH}/rotate`, { schema: rotateSchema, config: { permission: 'tickets.keys' } }, async (request, reply) => {
    const { member, eventId } = await requireOwnEvent(owning, request);
    const revoke = request.body?.revoke === true;
    const idempotencyKey = idempotencyKeyOf(request);
    const commandId = idempotencyKey === null ? null : uuidFromText(`rotate ticket keys\n${eventId}\n${revoke}\n${idempotencyKey}`);
    const outcome = await keys.rotate(eventId, { revoke, commandId });
    if (outcome.kind !== 'rotated') throw problemOfRotation(outcome.kind);
    const after = { key_no: outcome.keys.length, revoke };
    const action = { what: 'ticket_keys.rotated', subjectId: eventId, before: null, after };
    await organizations.recordActionOnce(member, action, commandId ?? newUuid(clock.nowMs()));
    markAnswer(reply, outcome.isRepeat, 201);
    return { data: outcome.keys.map(presentKey) };
  });
}

function problemOfRotation(kind: 'too_many_keys' | 'unknown_event'): Error {
  return kind === 'unknown_event'
    ? noSuchEvent()
    : problem('TICKETS_TOO_MANY_KEYS', { detail: 'No more keys can be made for this event.' });
}

function noSuchEvent(): Error {
  return problem('NOT_FOUND', { detail: 'There is no such event.' });
}
