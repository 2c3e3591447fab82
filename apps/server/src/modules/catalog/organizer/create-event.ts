import { CreateEventBody, EventDetail, OrganizationPath, problemResponses } from '@tessera/contract';
import { idempotencyKeyOf, markAnswer, replayed, type HttpServer } from '../../../platform/http/index.ts';
import { makesTests } from '../../organizations/index.ts';
import { checkPicture } from '../check-picture.ts';
import { createEvent } from '../create-event.ts';
import { instantMs } from '../instant.ts';
import type { EventWords } from '../words.ts';
import { answerEvent, createdEvent } from './answer-event.ts';
import { common, writeProblems, type OrganizerContext } from './documents.ts';
import { saleTerms } from './terms-of-body.ts';

const schema = {
  ...common,
  operationId: 'createEvent',
  summary: 'Plan an event',
  description: 'It is a draft unless its sale says otherwise.',
  params: OrganizationPath,
  body: CreateEventBody,
  response: { 200: replayed(EventDetail), 201: EventDetail, ...problemResponses(...writeProblems) },
};

export function createEventRoute(http: HttpServer, { catalog, organizations }: OrganizerContext): void {
  const config = { permission: 'events.change' } as const;
  http.post('/api/v1/organizations/:id/events', { schema, config }, async (request, reply) => {
    const member = await organizations.requireMember(request);
    const { body } = request;
    const words = wordsOf(body, member.organizationId);
    const terms = saleTerms(body.sale, '/sale');
    const asked = { words, currency: body.currency, terms, isTest: makesTests(member.actor) };
    const outcome = await createEvent(catalog, { ...asked, idempotencyKey: idempotencyKeyOf(request) });
    const { eventId, replayed } = createdEvent(outcome);
    const after = { title: words.title, state: terms.state };
    await organizations.recordActionOnce(member, { what: 'event.created', subjectId: eventId, before: null, after }, `event ${eventId}`);
    markAnswer(reply, replayed, 201);
    return answerEvent(catalog, eventId);
  });
}

function wordsOf(body: CreateEventBody, organizationId: string): EventWords {
  return {
    organizationId,
    title: body.title,
    summary: body.summary ?? '',
    description: body.description ?? '',
    venueName: body.venue.name,
    venueCity: body.venue.city,
    startsAtMs: instantMs(body.starts_at, '/starts_at'),
    endsAtMs: instantMs(body.ends_at, '/ends_at'),
    timeZone: body.time_zone,
    picture: checkPicture(body.picture ?? null, '/picture'),
  };
}
