import {
  BODY_PROBLEMS,
  ChangeVenueBody,
  CreateVenueBody,
  ListVenuesQuery,
  OrganizationPath,
  problemResponses,
  Venue,
  VenueList,
  VenuePath,
} from '@tessera/contract';
import type { FastifyRequest } from 'fastify';
import { idempotencyKeyOf, markAnswer, problem, replayed, type HttpServer } from '../../../platform/http/index.ts';
import { parseId } from '../../../platform/ids/index.ts';
import { makesTests, type Member, type Organizations } from '../../organizations/index.ts';
import { archiveVenue, changeVenue } from '../change-venue.ts';
import { createVenue, type CreateVenueOutcome } from '../create-venue.ts';
import { presentVenue } from '../present-place.ts';
import { readVenue, readVenues } from '../queries/venues.ts';
import { CHANGES, common, memberProblems, NoContent, READS, type MemberRoutes } from './member-routes.ts';

const listSchema = {
  ...common,
  operationId: 'listVenues',
  summary: 'An organization’s venues, by name',
  params: OrganizationPath,
  querystring: ListVenuesQuery,
  response: { 200: VenueList, ...problemResponses(...memberProblems) },
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
    ...problemResponses(...memberProblems, ...BODY_PROBLEMS, 'IDEMPOTENCY_KEY_INVALID', 'IDEMPOTENCY_KEY_REUSED', 'CATALOG_TOO_MANY'),
  },
};

const readSchema = {
  ...common,
  operationId: 'readVenue',
  summary: 'A venue',
  params: VenuePath,
  response: { 200: Venue, ...problemResponses(...memberProblems) },
};

const changeSchema = {
  ...common,
  operationId: 'changeVenue',
  summary: 'Change a venue’s words',
  description: 'Events keep the words they were given: name the venue again in an event to take the new ones over.',
  params: VenuePath,
  body: ChangeVenueBody,
  response: { 200: Venue, ...problemResponses(...memberProblems, ...BODY_PROBLEMS) },
};

const archiveSchema = {
  ...common,
  operationId: 'archiveVenue',
  summary: 'Archive a venue',
  description: 'No event can be put there any more; events that name it keep it.',
  params: VenuePath,
  response: { 204: NoContent, ...problemResponses(...memberProblems) },
};

const ALL = '/api/v1/organizations/:id/venues';
const ONE = '/api/v1/organizations/:id/venues/:venue_id';

export function venueRoutes(http: HttpServer, { catalog, organizations }: MemberRoutes): void {
  http.get(ALL, { schema: listSchema, config: READS }, async (request) => {
    const { organizationId } = await organizations.requireMember(request);
    const venues = await readVenues(catalog.db, organizationId, { archived: request.query.archived ?? false });
    return { data: venues.map(presentVenue) };
  });
  http.post(ALL, { schema: createSchema, config: CHANGES }, async (request, reply) => {
    const member = await requireEditor(organizations, request);
    const idempotencyKey = idempotencyKeyOf(request);
    const { venue, replayed: isRepeat } = created(
      await createVenue(catalog, organizations, member, { body: request.body, idempotencyKey }),
    );
    markAnswer(reply, isRepeat, 201);
    return presentVenue(venue);
  });
  http.get(ONE, { schema: readSchema, config: READS }, async (request) => {
    const { organizationId } = await organizations.requireMember(request);
    return presentVenue(there(await readVenue(catalog.db, organizationId, venueIdOf(request.params.venue_id))));
  });
  http.patch(ONE, { schema: changeSchema, config: CHANGES }, async (request) => {
    const member = await requireEditor(organizations, request);
    const venueId = venueIdOf(request.params.venue_id);
    return presentVenue(there(await changeVenue(catalog, { organizations, member, venueId }, request.body)));
  });
  http.delete(ONE, { schema: archiveSchema, config: CHANGES }, async (request, reply) => {
    const member = await requireEditor(organizations, request);
    there(await archiveVenue(catalog, { organizations, member, venueId: venueIdOf(request.params.venue_id) }));
    return reply.code(204).send(null);
  });
}

/** Venues are of no event, and never a test: test keys change none. */
async function requireEditor(organizations: Organizations, request: FastifyRequest): Promise<Member> {
  const member = await organizations.requireMember(request);
  if (makesTests(member.actor)) throw problem('FORBIDDEN', { detail: 'A test key reaches test events alone.' });
  return member;
}

function created(outcome: CreateVenueOutcome): Extract<CreateVenueOutcome, { kind: 'venue' }> {
  switch (outcome.kind) {
    case 'venue':
      return outcome;
    case 'key_reused':
      throw problem('IDEMPOTENCY_KEY_REUSED');
    case 'too_many':
      throw problem('CATALOG_TOO_MANY', { detail: 'An organization has at most 200 venues.' });
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
