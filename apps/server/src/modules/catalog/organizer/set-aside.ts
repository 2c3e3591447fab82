import { OwnTicketTypePath, problemResponses, SetAsideBody, TicketTypeAnswer } from '@tessera/contract';
import { markAnswer, requireIdempotencyKey, type HttpServer } from '../../../platform/http/index.ts';
import { problemOfRefusal } from '../../sales/index.ts';
import { ticketTypeIdOfPath } from '../parse-ids.ts';
import { setAside } from '../set-aside.ts';
import { answerTicketType } from './answer-ticket-type.ts';
import { common, laneProblems, type OrganizerContext } from './documents.ts';
import { requireOwnEvent } from './own-event.ts';
import { recordChange } from './record-change.ts';

const schema = {
  ...common,
  operationId: 'setAside',
  summary: 'Keep tickets from the public, or give them back',
  params: OwnTicketTypePath,
  body: SetAsideBody,
  response: {
    200: TicketTypeAnswer,
    ...problemResponses(...laneProblems, 'SALES_SOLD_OUT', 'SALES_SET_ASIDE_TOO_LOW', 'SALES_TERMS_INVALID'),
  },
};

const PATH = '/api/v1/organizations/:id/events/:event_id/ticket-types/:ticket_type_id/set-aside';

export function setAsideRoute(http: HttpServer, context: OrganizerContext): void {
  http.post(PATH, { schema, config: { permission: 'stock.set_aside' } }, async (request, reply) => {
    const { member, eventId } = await requireOwnEvent(context, request);
    const ticketTypeId = ticketTypeIdOfPath(request.params.ticket_type_id, eventId);
    const idempotencyKey = requireIdempotencyKey(request);
    const { quantity } = request.body;
    const outcome = await setAside(context.catalog, { eventId, ticketTypeId, quantity, idempotencyKey });
    if (outcome.kind !== 'configured') throw problemOfRefusal(eventId, outcome);
    const { before } = outcome;
    await recordChange(context, member, { eventId, idempotencyKey, what: 'stock.set_aside', ticketTypeId, before, after: { quantity } });
    markAnswer(reply, outcome.replayed, 200);
    return answerTicketType(context.catalog, { member, eventId }, ticketTypeId);
  });
}
