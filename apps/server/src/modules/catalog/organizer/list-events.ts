import {
  EVENT_PAGE_DEFAULT,
  EventList,
  ListOrganizerEventsQuery,
  MEMBER_PROBLEMS,
  OrganizationPath,
  problemResponses,
} from '@tessera/contract';
import { invalidField, type HttpServer } from '../../../platform/http/index.ts';
import { parseId } from '../../../platform/ids/index.ts';
import { makesTests } from '../../organizations/index.ts';
import { listOwnEvents } from '../list-own-events.ts';
import { presentEventSummary } from '../present-event.ts';
import { common, type OrganizerContext } from './documents.ts';

const schema = {
  ...common,
  operationId: 'listOrganizerEvents',
  summary: 'All events of an organization, drafts too, by their start, then by id',
  description: 'A test key is shown test events alone.',
  params: OrganizationPath,
  querystring: ListOrganizerEventsQuery,
  response: { 200: EventList, ...problemResponses(...MEMBER_PROBLEMS) },
};

export function listOrganizerEventsRoute(http: HttpServer, { catalog, organizations }: OrganizerContext): void {
  const config = { permission: 'events.read' } as const;
  http.get('/api/v1/organizations/:id/events', { schema, config }, async (request) => {
    const { organizationId, actor } = await organizations.requireMember(request);
    const { limit = EVENT_PAGE_DEFAULT, starting_after: after } = request.query;
    const startingAfter = after === undefined ? null : parseId('evt', after);
    if (after !== undefined && startingAfter === null) throw notListed();
    const outcome = await listOwnEvents(catalog, { organizationId, testsOnly: makesTests(actor), limit, startingAfter });
    if (outcome.kind === 'unknown_event') throw notListed();
    return { data: outcome.events.map(presentEventSummary), has_more: outcome.hasMore };
  });
}

function notListed(): Error {
  return invalidField('/query/starting_after', 'must be the id of an event of the list');
}
