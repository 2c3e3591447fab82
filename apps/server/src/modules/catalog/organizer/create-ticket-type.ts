import { CreateTicketTypeBody, OwnEventPath, problemResponses, TicketTypeAnswer } from '@tessera/contract';
import { markAnswer, replayed, requireIdempotencyKey, type HttpServer } from '../../../platform/http/index.ts';
import { problemOfRefusal } from '../../sales/index.ts';
import { createTicketType } from '../create-ticket-type.ts';
import { answerTicketType } from './answer-ticket-type.ts';
import { common, laneProblems, type OrganizerContext } from './documents.ts';
import { requireOwnEvent } from './own-event.ts';
import { recordChange } from './record-change.ts';
import { ticketTypeTerms } from './terms-of-body.ts';

const schema = {
  ...common,
  operationId: 'createTicketType',
  summary: 'Sell another type of ticket',
  params: OwnEventPath,
  body: CreateTicketTypeBody,
  response: { 200: replayed(TicketTypeAnswer), 201: TicketTypeAnswer, ...problemResponses(...laneProblems, 'SALES_TERMS_INVALID') },
};

export function createTicketTypeRoute(http: HttpServer, context: OrganizerContext): void {
  const config = { permission: 'events.change' } as const;
  http.post('/api/v1/organizations/:id/events/:event_id/ticket-types', { schema, config }, async (request, reply) => {
    const { member, eventId } = await requireOwnEvent(context, request);
    const idempotencyKey = requireIdempotencyKey(request);
    const { name, description = '', capacity } = request.body;
    const [words, terms] = [{ name, description }, ticketTypeTerms(request.body, eventId)];
    const outcome = await createTicketType(context.catalog, { eventId, words, capacity, terms, idempotencyKey });
    if (outcome.kind !== 'created') throw problemOfRefusal(eventId, outcome);
    const { ticketTypeId } = outcome;
    const after = { name, capacity, ...terms };
    await recordChange(context, member, { eventId, idempotencyKey, what: 'ticket_type.created', ticketTypeId, before: null, after });
    markAnswer(reply, outcome.replayed, 201);
    return answerTicketType(context.catalog, { member, eventId }, ticketTypeId);
  });
}
