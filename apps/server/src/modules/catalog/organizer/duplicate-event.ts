import { DuplicateEventBody, EventDetail, OwnEventPath, problemResponses } from '@tessera/contract';
import { formatId } from '../../../platform/ids/index.ts';
import { markAnswer, replayed, requireIdempotencyKey, type HttpServer } from '../../../platform/http/index.ts';
import { problemOfRefusal } from '../../sales/index.ts';
import { duplicateEvent, type DuplicateEvent } from '../duplicate-event.ts';
import { instantMs } from '../instant.ts';
import { presentTime } from '../present-time.ts';
import { answerEvent, createdEvent } from './answer-event.ts';
import { common, laneProblems, type OrganizerContext } from './documents.ts';
import { requireOwnEvent } from './own-event.ts';

const schema = {
  ...common,
  operationId: 'duplicateEvent',
  summary: 'Plan an event like another one',
  description:
    'Copies words, terms, ticket types, quotas and questions into a draft; doors, days and sales windows move with the start. ' +
    'Without `ends_at` it is as long as the original. Moves, the reason of a cancellation and when it is published stay with the original. ' +
    'If the answer is lost, the same request with the same key completes it.',
  params: OwnEventPath,
  body: DuplicateEventBody,
  response: { 200: replayed(EventDetail), 201: EventDetail, ...problemResponses(...laneProblems, 'SALES_TERMS_INVALID') },
};

export function duplicateEventRoute(http: HttpServer, context: OrganizerContext): void {
  const { catalog, organizations } = context;
  const config = { permission: 'events.change' } as const;
  http.post('/api/v1/organizations/:id/events/:event_id/duplicate', { schema, config }, async (request, reply) => {
    const { member, eventId: originalId } = await requireOwnEvent(context, request);
    const asked = requested(originalId, request.body, requireIdempotencyKey(request));
    const outcome = await duplicateEvent(catalog, asked);
    if (outcome.kind === 'refused') throw problemOfRefusal(outcome.eventId, outcome.refusal);
    const { eventId, replayed } = createdEvent(outcome);
    const after = { duplicate_of: formatId('evt', originalId), title: asked.title, starts_at: presentTime(asked.startsAtMs) };
    await organizations.recordActionOnce(member, { what: 'event.created', subjectId: eventId, before: null, after }, `event ${eventId}`);
    markAnswer(reply, replayed, 201);
    return answerEvent(catalog, eventId);
  });
}

function requested(eventId: string, body: DuplicateEventBody, idempotencyKey: string): DuplicateEvent {
  return {
    eventId,
    title: body.title ?? null,
    startsAtMs: instantMs(body.starts_at, '/starts_at'),
    endsAtMs: body.ends_at === undefined ? null : instantMs(body.ends_at, '/ends_at'),
    idempotencyKey,
  };
}
