import { CreateEventBody, EventDetail, problemResponses } from '@tessera/contract';
import { parseId } from '../../../platform/ids/index.ts';
import { invariant } from '../../../platform/invariant.ts';
import { idempotencyKeyOf, invalidField, markAnswer, problem, replayed, type HttpServer } from '../../../platform/http/index.ts';
import type { Catalog } from '../catalog.ts';
import { createEvent, type CreateEvent, type CreateEventOutcome } from '../create-event.ts';
import { presentEvent } from '../present-event.ts';
import { readEvent } from '../read-event.ts';
import { writeProblems, type InternalContext } from './documents.ts';
import { instantMs } from './instant.ts';
import { saleTerms } from './terms-of-body.ts';

const schema = {
  hide: true,
  body: CreateEventBody,
  response: { 200: replayed(EventDetail), 201: EventDetail, ...problemResponses(...writeProblems) },
};

export function createEventRoute(http: HttpServer, { catalog, requireSecret }: InternalContext): void {
  http.post('/internal/events', { schema, onRequest: requireSecret }, async (request, reply) => {
    const outcome = await createEvent(catalog, requested(request.body, idempotencyKeyOf(request)));
    const { eventId, replayed } = accepted(outcome);
    markAnswer(reply, replayed, 201);
    return presentCreated(catalog, eventId);
  });
}

function requested(body: CreateEventBody, idempotencyKey: string | null): CreateEvent {
  const organizationId = parseId('org', body.organization_id);
  if (organizationId === null) throw unknownOrganization();
  const words = {
    organizationId,
    title: body.title,
    summary: body.summary ?? '',
    description: body.description ?? '',
    venueName: body.venue.name,
    venueCity: body.venue.city,
    startsAtMs: instantMs(body.starts_at, '/starts_at'),
    endsAtMs: instantMs(body.ends_at, '/ends_at'),
    timeZone: body.time_zone,
    picture: body.picture ?? null,
  };
  return { words, currency: body.currency, terms: saleTerms(body.sale, '/sale'), isTest: false, idempotencyKey };
}

function accepted(outcome: CreateEventOutcome): Extract<CreateEventOutcome, { kind: 'event' }> {
  switch (outcome.kind) {
    case 'event':
      return outcome;
    case 'key_reused':
      throw problem('IDEMPOTENCY_KEY_REUSED');
    case 'unknown_organization':
      throw unknownOrganization();
    case 'invalid_event':
      throw invalidField(outcome.field, outcome.detail);
  }
}

function unknownOrganization(): Error {
  return invalidField('/organization_id', 'must be the id of an organization');
}

async function presentCreated(catalog: Catalog, eventId: string): Promise<EventDetail> {
  const event = await readEvent(catalog, { eventId, viewer: { kind: 'organizer' } });
  invariant(event, `event ${eventId} was created and is not there`);
  return presentEvent(event);
}
