import {
  ChangeVenueBody,
  CreateVenueBody,
  ListVenuesQuery,
  MEMBER_PROBLEMS,
  OrganizationPath,
  problemResponses,
  Venue,
  VenueList,
  VenuePath,
} from '@tessera/contract';
import type { FastifyRequest } from 'fastify';
import { idempotencyKeyOf, markAnswer, NoContent, problem, replayed, type HttpServer } from '../../../platform/http/index.ts';
import { parseId } from '../../../platform/ids/index.ts';
import { archiveVenue, changeVenue } from '../change-venue.ts';
import { createVenue, VENUES_MAX, type CreateVenueOutcome } from '../create-venue.ts';
import { presentVenue } from '../present-place.ts';
import { readVenue, readVenues } from '../queries/venues.ts';
import { changeProblems, common, writeProblems, type OrganizerContext } from './documents.ts';
import { requireNoTest } from './require-no-test.ts';

const listSchema = {
  ...common,
  operationId: 'listVenues',
  summary: 'An organization’s venues, by name',
  params: OrganizationPath,
  querystring: ListVenuesQuery,
  response: { 200: VenueList, ...problemResponses(...MEMBER_PROBLEMS) },
};

const createSchema = {
  ...common,
  operationId: 'createVenue',
  summary: 'Add a venue',
  params: OrganizationPath,
  body: CreateVenueBody,
  response: {
    200: replayed(Venue),
    201: Venue,
    ...problemResponses(...writeProblems, 'CATALOG_TOO_MANY'),
  },
};

const readSchema = {
  ...common,
  operationId: 'readVenue',
  summary: 'A venue',
  params: VenuePath,
  response: { 200: Venue, ...problemResponses(...MEMBER_PROBLEMS) },
};

const changeSchema = {
  ...common,
  operationId: 'changeVenue',
  summary: 'Change a venue’s words',
  description: 'Events keep the words they were given: name the venue again in an event to take the new ones over.',
  params: VenuePath,
  body: ChangeVenueBody,
  response: { 200: Venue, ...problemResponses(...changeProblems) },
};

const archiveSchema = {
  ...common,
  operationId: 'archiveVenue',
  summary: 'Archive a venue',
  description: 'No event can be put there any more; events that name it keep it.',
  params: VenuePath,
  response: { 204: NoContent, ...problemResponses(...MEMBER_PROBLEMS) },
};

const ALL = '/api/v1/organizations/:id/venues';
const ONE = '/api/v1/organizations/:id/venues/:venue_id';

export function venueRoutes(http: HttpServer, { catalog, organizations }: OrganizerContext): void {
  const [reads, changes] = [{ permission: 'events.read' }, { permission: 'events.change' }] as const;
  // A venue is for every event, and cannot be marked as a test: test keys put test events at those that there are.
  const requireChanger = async (request: FastifyRequest) => requireNoTest(await organizations.requireMember(request));
  http.get(ALL, { schema: listSchema, config: reads }, async (request) => {
    const { organizationId } = await organizations.requireMember(request);
    const venues = await readVenues(catalog.db, organizationId, { archived: request.query.archived ?? false });
    return { data: venues.map(presentVenue) };
  });
  http.post(ALL, { schema: createSchema, config: changes }, async (request, reply) => {
    const member = await requireChanger(request);
    const idempotencyKey = idempotencyKeyOf(request);
    const { venue, replayed: isRepeat } = created(
      await createVenue(catalog, organizations, member, { body: request.body, idempotencyKey }),
    );
    markAnswer(reply, isRepeat, 201);
    return presentVenue(venue);
  });
  http.get(ONE, { schema: readSchema, config: reads }, async (request) => {
    const { organizationId } = await organizations.requireMember(request);
    return presentVenue(there(await readVenue(catalog.db, organizationId, venueIdOf(request.params.venue_id))));
  });
  http.patch(ONE, { schema: changeSchema, config: changes }, async (request) => {
    const member = await requireChanger(request);
    const venueId = venueIdOf(request.params.venue_id);
    return presentVenue(there(await changeVenue(catalog, { organizations, member, venueId }, request.body)));
  });
  http.delete(ONE, { schema: archiveSchema, config: changes }, async (request, reply) => {
    const member = await requireChanger(request);
    there(await archiveVenue(catalog, { organizations, member, venueId: venueIdOf(request.params.venue_id) }));
    return reply.code(204).send(null);
  });
}

function created(outcome: CreateVenueOutcome): Extract<CreateVenueOutcome, { kind: 'venue' }> {
  switch (outcome.kind) {
    case 'venue':
      return outcome;
    case 'key_reused':
      throw problem('IDEMPOTENCY_KEY_REUSED');
    case 'too_many':
      throw problem('CATALOG_TOO_MANY', {
        detail: `An organization has at most ${VENUES_MAX} venues, archived ones included: change one.`,
      });
  }
}

function venueIdOf(text: string): string {
  const id = parseId('ven', text);
  if (id === null) throw noSuchVenue();
  return id;
}

function there<Thing>(thing: Thing | null): Thing {
  if (thing === null) throw noSuchVenue();
  return thing;
}

function noSuchVenue(): Error {
  return problem('NOT_FOUND', { detail: 'There is no such venue.' });
}
