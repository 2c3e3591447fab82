import { CreateTicketTypeBody, EventParams, problemResponses, TicketTypeAnswer } from '@tessera/contract';
import { markAnswer, replayed, requireIdempotencyKey, type HttpServer } from '../../../platform/http/index.ts';
import { problemOfRefusal } from '../../sales/index.ts';
import { createTicketType } from '../create-ticket-type.ts';
import { eventIdOfPath } from '../parse-ids.ts';
import { answerTicketType } from './answer-ticket-type.ts';
import { laneProblems, type InternalContext } from './documents.ts';
import { ticketTypeTerms } from './terms-of-body.ts';

const schema = {
  hide: true,
  params: EventParams,
  body: CreateTicketTypeBody,
  response: { 200: replayed(TicketTypeAnswer), 201: TicketTypeAnswer, ...problemResponses(...laneProblems, 'SALES_TERMS_INVALID') },
};

export function createTicketTypeRoute(http: HttpServer, { catalog, requireSecret }: InternalContext): void {
  http.post('/internal/events/:id/ticket-types', { schema, onRequest: requireSecret }, async (request, reply) => {
    const idempotencyKey = requireIdempotencyKey(request);
    const eventId = eventIdOfPath(request.params.id);
    const { name, description = '', capacity } = request.body;
    const words = { name, description };
    const outcome = await createTicketType(catalog, { eventId, words, capacity, terms: ticketTypeTerms(request.body), idempotencyKey });
    if (outcome.kind !== 'created') throw problemOfRefusal(eventId, outcome);
    markAnswer(reply, outcome.replayed, 201);
    return answerTicketType(catalog, { eventId, id: outcome.ticketTypeId });
  });
}
