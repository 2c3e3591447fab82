import { Consequences, ConsequencesQuery, MEMBER_PROBLEMS, OwnEventPath, problemResponses } from '@tessera/contract';
import type { HttpServer } from '../../../platform/http/index.ts';
import { sumBookings } from '../../sales/index.ts';
import { presentConsequences } from '../present-consequences.ts';
import { common, type OrganizerContext } from './documents.ts';
import { requireOwnEvent } from './own-event.ts';
import { requireSale } from './require-sale.ts';

const schema = {
  ...common,
  operationId: 'readConsequences',
  summary: 'What follows if an event is cancelled or moved',
  description: 'Nothing is changed by asking.',
  params: OwnEventPath,
  querystring: ConsequencesQuery,
  response: { 200: Consequences, ...problemResponses(...MEMBER_PROBLEMS) },
};

export function readConsequencesRoute(http: HttpServer, context: OrganizerContext): void {
  const config = { permission: 'events.read' } as const;
  http.get('/api/v1/organizations/:id/events/:event_id/consequences', { schema, config }, async (request) => {
    const { eventId } = await requireOwnEvent(context, request);
    const sale = await requireSale(context.catalog, eventId);
    return presentConsequences(request.query.of ?? 'cancel', sale, await sumBookings(context.catalog.sales, eventId));
  });
}
