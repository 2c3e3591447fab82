import { ChangeTicketTypeBody, problemResponses, TicketTypeAnswer, TicketTypeParams } from '@tessera/contract';
import { markAnswer, requireIdempotencyKey, type HttpServer } from '../../../platform/http/index.ts';
import { problemOfRefusal } from '../../sales/index.ts';
import { changeTicketType } from '../change-ticket-type.ts';
import { ticketTypeIdOfPath } from '../parse-ids.ts';
import { answerTicketType } from './answer-ticket-type.ts';
import { laneProblems, type InternalContext } from './documents.ts';
import { ticketTypeChanges } from './terms-of-body.ts';

const schema = {
  hide: true,
  params: TicketTypeParams,
  body: ChangeTicketTypeBody,
  response: { 200: TicketTypeAnswer, ...problemResponses(...laneProblems, 'SALES_CAPACITY_TOO_LOW', 'SALES_TERMS_INVALID') },
};

export function changeTicketTypeRoute(http: HttpServer, { catalog, requireSecret }: InternalContext): void {
  http.patch('/internal/ticket-types/:id', { schema, onRequest: requireSecret }, async (request, reply) => {
    const idempotencyKey = requireIdempotencyKey(request);
    const { eventId, id: ticketTypeId } = ticketTypeIdOfPath(request.params.id);
    const { capacity = null } = request.body;
    const changes = ticketTypeChanges(request.body);
    const outcome = await changeTicketType(catalog, { eventId, ticketTypeId, capacity, changes, idempotencyKey });
    if (outcome.kind !== 'configured') throw problemOfRefusal(eventId, outcome);
    markAnswer(reply, outcome.replayed, 200);
    return answerTicketType(catalog, { eventId, id: ticketTypeId });
  });
}
