import { EmptyBody, BODY_PROBLEMS, problemResponses, Ticket, TicketPath } from '@tessera/contract';
import { idempotencyKeyOf, markAnswer, type HttpServer } from '../../../platform/http/index.ts';
import type { TicketsRoutes } from '../context.ts';
import { reissueTicket } from '../reissue-ticket.ts';
import { answerTicket } from './answer-ticket.ts';
import { asHolder, holderProblems } from './documents.ts';
import { ticketOfPath } from './ids-of-path.ts';
import { problemOfTicket } from './problem-of-ticket.ts';

const readSchema = {
  ...asHolder,
  operationId: 'readTicket',
  summary: 'A ticket, with its code',
  params: TicketPath,
  response: { 200: Ticket, ...problemResponses(...holderProblems) },
};

const reissueSchema = {
  ...asHolder,
  operationId: 'reissueTicket',
  summary: 'Get another code for a ticket',
  description: 'Every code that the ticket had before is refused from then on: on a lost telephone, on a picture that others have seen.',
  params: TicketPath,
  body: EmptyBody,
  response: {
    200: Ticket,
    ...problemResponses(
      ...[...holderProblems, ...BODY_PROBLEMS],
      ...(['IDEMPOTENCY_KEY_INVALID', 'TICKETS_REVOKED', 'TICKETS_OFFERED_BACK', 'TICKETS_ISSUED_TOO_OFTEN'] as const),
    ),
  },
};

export function ticketRoutes(http: HttpServer, { tickets, requireHolder }: TicketsRoutes): void {
  http.get('/api/v1/tickets/:id', { schema: readSchema, config: { audience: 'holder' } }, async (request, reply) => {
    const buyerKeys = await requireHolder(request);
    reply.header('cache-control', 'private, no-store');
    return answerTicket(tickets, ticketOfPath(request.params.id), buyerKeys);
  });

  http.post('/api/v1/tickets/:id/reissue', { schema: reissueSchema, config: { audience: 'holder' } }, async (request, reply) => {
    const buyerKeys = await requireHolder(request);
    const key = ticketOfPath(request.params.id);
    const outcome = await reissueTicket(tickets, { key, buyerKeys, idempotencyKey: idempotencyKeyOf(request) });
    if (outcome.kind !== 'reissued') throw problemOfTicket(outcome.kind);
    markAnswer(reply, outcome.isRepeat, 200);
    return answerTicket(tickets, key, buyerKeys);
  });
}
