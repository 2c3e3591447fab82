import { MEMBER_PROBLEMS, OwnEventPath, problemResponses, TicketTypeList } from '@tessera/contract';
import type { HttpServer } from '../../../platform/http/index.ts';
import { presentTicketType } from '../present-terms.ts';
import { readTicketTypeWords } from '../queries/ticket-types.ts';
import { maySeeCodes } from './answer-ticket-type.ts';
import { common, type OrganizerContext } from './documents.ts';
import { requireOwnEvent } from './own-event.ts';
import { requireSale } from './require-sale.ts';

const schema = {
  ...common,
  operationId: 'listTicketTypes',
  summary: 'What an event sells, with every counter',
  description: 'Access codes are shown to whoever may change the event.',
  params: OwnEventPath,
  response: { 200: TicketTypeList, ...problemResponses(...MEMBER_PROBLEMS) },
};

export function listTicketTypesRoute(http: HttpServer, context: OrganizerContext): void {
  const config = { permission: 'events.read' } as const;
  http.get('/api/v1/organizations/:id/events/:event_id/ticket-types', { schema, config }, async (request) => {
    const { member, eventId } = await requireOwnEvent(context, request);
    const sale = await requireSale(context.catalog, eventId);
    const words = await readTicketTypeWords(context.catalog.db, eventId);
    const showsCode = maySeeCodes(member);
    return { data: sale.ticketTypes.map(({ id }) => presentTicketType(sale, { ticketTypeId: id, words: words.get(id), showsCode })) };
  });
}
