import { problemResponses, SetAsideBody, TicketTypeAnswer, TicketTypeParams } from '@tessera/contract';
import { markAnswer, requireIdempotencyKey, type HttpServer } from '../../../platform/http/index.ts';
import { problemOfRefusal } from '../../sales/index.ts';
import { ticketTypeIdOfPath } from '../parse-ids.ts';
import { setAside } from '../set-aside.ts';
import { answerTicketType } from './answer-ticket-type.ts';
import { laneProblems, type InternalContext } from './documents.ts';

const schema = {
  hide: true,
  params: TicketTypeParams,
  body: SetAsideBody,
  response: {
    200: TicketTypeAnswer,
    ...problemResponses(...laneProblems, 'SALES_SOLD_OUT', 'SALES_SET_ASIDE_TOO_LOW', 'SALES_TERMS_INVALID'),
  },
};

export function setAsideRoute(http: HttpServer, { catalog, requireSecret }: InternalContext): void {
  http.post('/internal/ticket-types/:id/set-aside', { schema, onRequest: requireSecret }, async (request, reply) => {
    const idempotencyKey = requireIdempotencyKey(request);
    const { eventId, id: ticketTypeId } = ticketTypeIdOfPath(request.params.id);
    const outcome = await setAside(catalog, { eventId, ticketTypeId, quantity: request.body.quantity, idempotencyKey });
    if (outcome.kind !== 'configured') throw problemOfRefusal(eventId, outcome);
    markAnswer(reply, outcome.replayed, 200);
    return answerTicketType(catalog, { eventId, id: ticketTypeId });
  });
}
