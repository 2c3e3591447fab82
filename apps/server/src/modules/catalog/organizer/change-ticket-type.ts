import { ChangeTicketTypeBody, OwnTicketTypePath, problemResponses, TicketTypeAnswer } from '@tessera/contract';
import { markAnswer, requireIdempotencyKey, type HttpServer } from '../../../platform/http/index.ts';
import { problemOfRefusal } from '../../sales/index.ts';
import { changeTicketType } from '../change-ticket-type.ts';
import { ticketTypeIdOfPath } from '../parse-ids.ts';
import type { TicketTypeWords } from '../words.ts';
import { answerTicketType } from './answer-ticket-type.ts';
import { common, laneProblems, type OrganizerContext } from './documents.ts';
import { requireOwnEvent } from './own-event.ts';
import { recordChange } from './record-change.ts';
import { given, ticketTypeChanges } from './terms-of-body.ts';

const schema = {
  ...common,
  operationId: 'changeTicketType',
  summary: 'Change a ticket type',
  description: 'What is held keeps its price.',
  params: OwnTicketTypePath,
  body: ChangeTicketTypeBody,
  response: { 200: TicketTypeAnswer, ...problemResponses(...laneProblems, 'SALES_CAPACITY_TOO_LOW', 'SALES_TERMS_INVALID') },
};

const PATH = '/api/v1/organizations/:id/events/:event_id/ticket-types/:ticket_type_id';

export function changeTicketTypeRoute(http: HttpServer, context: OrganizerContext): void {
  http.patch(PATH, { schema, config: { permission: 'events.change' } }, async (request, reply) => {
    const { member, eventId } = await requireOwnEvent(context, request);
    const ticketTypeId = ticketTypeIdOfPath(request.params.ticket_type_id, eventId);
    const idempotencyKey = requireIdempotencyKey(request);
    const { capacity = null, name, description } = request.body;
    const words = given<TicketTypeWords>({ name, description });
    const changes = ticketTypeChanges(request.body, eventId);
    const outcome = await changeTicketType(context.catalog, { eventId, ticketTypeId, capacity, changes, words, idempotencyKey });
    if (outcome.kind !== 'configured') throw problemOfRefusal(eventId, outcome);
    const { before } = outcome;
    const after = { ...(capacity !== null && { capacity }), ...changes, ...words };
    await recordChange(context, member, { eventId, idempotencyKey, what: 'ticket_type.changed', ticketTypeId, before, after });
    markAnswer(reply, outcome.replayed, 200);
    return answerTicketType(context.catalog, { member, eventId }, ticketTypeId);
  });
}
