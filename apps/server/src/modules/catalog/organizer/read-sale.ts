import { MEMBER_PROBLEMS, OwnEventPath, problemResponses, SaleAnswer } from '@tessera/contract';
import type { HttpServer } from '../../../platform/http/index.ts';
import { presentSale } from '../present-terms.ts';
import { common, type OrganizerContext } from './documents.ts';
import { requireOwnEvent } from './own-event.ts';
import { requireSale } from './require-sale.ts';

const schema = {
  ...common,
  operationId: 'readSale',
  summary: 'The sale of an event as its organizer sees it',
  params: OwnEventPath,
  response: { 200: SaleAnswer, ...problemResponses(...MEMBER_PROBLEMS) },
};

export function readSaleRoute(http: HttpServer, context: OrganizerContext): void {
  const config = { permission: 'events.read' } as const;
  http.get('/api/v1/organizations/:id/events/:event_id/sale', { schema, config }, async (request) => {
    const { eventId } = await requireOwnEvent(context, request);
    return presentSale(await requireSale(context.catalog, eventId));
  });
}
