import {
  AcceptTicketBody,
  BODY_PROBLEMS,
  OfferedTicket,
  OfferTicketBody,
  problemResponses,
  Ticket,
  TicketPath,
  type ErrorCode,
} from '@tessera/contract';
import { markAnswer, NoContent, problem, replayed, type HttpServer } from '../../../platform/http/index.ts';
import { formatTicketId } from '../../../platform/ids/index.ts';
import { parseEmail } from '../../accounts/index.ts';
import type { TicketsRoutes } from '../context.ts';
import { acceptTicket } from '../transfers/accept-ticket.ts';
import { offerTicket } from '../transfers/offer-ticket.ts';
import { withdrawOffer } from '../transfers/withdraw-offer.ts';
import { answerTicket } from './answer-ticket.ts';
import { asBuyer, asHolder, holderProblems } from './documents.ts';
import { ticketOfPath } from './ids-of-path.ts';
import { problemOfTicket } from './problem-of-ticket.ts';

const PATH = '/api/v1/tickets/:id/transfer';
const unusable: readonly ErrorCode[] = ['TICKETS_REVOKED', 'TICKETS_OFFERED_BACK', 'TICKETS_ALREADY_ADMITTED'];

const offerSchema = {
  ...asHolder,
  operationId: 'offerTicket',
  summary: 'Pass a ticket to somebody',
  description:
    'Mails a link, or answers one to hand over, good for a week. Until it is used the ticket stays with its holder; an earlier offer of it is void.',
  params: TicketPath,
  body: OfferTicketBody,
  response: { 201: OfferedTicket, ...problemResponses(...holderProblems, ...BODY_PROBLEMS, ...unusable, 'TOO_MANY_ATTEMPTS') },
};

const withdrawSchema = {
  ...asHolder,
  operationId: 'withdrawOffer',
  summary: 'Keep a ticket that nobody has taken yet',
  params: TicketPath,
  response: { 204: NoContent, ...problemResponses(...holderProblems) },
};

const acceptSchema = {
  ...asBuyer,
  operationId: 'acceptTicket',
  summary: 'Take a ticket that is offered',
  description:
    'From then on it is the buyer’s, with a code of its own. Who booked it sees that it was passed on; a refund goes to who paid.',
  body: AcceptTicketBody,
  response: {
    200: replayed(Ticket),
    201: Ticket,
    ...problemResponses(
      ...(['BUYER_SESSION_MISSING', 'BUYER_SESSION_INVALID', 'BUYER_SESSION_EXPIRED', 'TICKETS_TRANSFER_INVALID'] as const),
      ...([...BODY_PROBLEMS, ...unusable, 'TICKETS_OWN', 'TICKETS_ISSUED_TOO_OFTEN', 'TOO_MANY_ATTEMPTS'] as const),
    ),
  },
};

export function transferRoutes(http: HttpServer, { tickets, requireHolder, requireBuyer }: TicketsRoutes): void {
  http.post(PATH, { schema: offerSchema, config: { audience: 'holder' } }, async (request, reply) => {
    const buyerKeys = await requireHolder(request);
    const key = ticketOfPath(request.params.id);
    const asked = request.body?.email;
    const email = asked === undefined ? null : parseEmail(asked);
    const outcome = await offerTicket(tickets, { key, buyerKeys, email, address: request.ip });
    if (outcome.kind !== 'offered') throw problemOfTicket(outcome.kind);
    const { token, expiresAtMs } = outcome.offer;
    reply.code(201).header('cache-control', 'private, no-store');
    const expiresAt = new Date(expiresAtMs).toISOString();
    return { ticket_id: formatTicketId(key), email, token: email === null ? token : null, expires_at: expiresAt };
  });

  http.delete(PATH, { schema: withdrawSchema, config: { audience: 'holder' } }, async (request, reply) => {
    const buyerKeys = await requireHolder(request);
    const outcome = await withdrawOffer(tickets, { key: ticketOfPath(request.params.id), buyerKeys });
    if (outcome === 'unknown_ticket') throw problemOfTicket(outcome);
    if (outcome === 'nothing_offered') throw problem('NOT_FOUND', { detail: 'The ticket is offered to nobody.' });
    return reply.code(204).send(null);
  });

  http.post('/api/v1/ticket-transfers/accept', { schema: acceptSchema, config: { audience: 'buyer' } }, async (request, reply) => {
    const buyerKey = requireBuyer(request);
    const outcome = await acceptTicket(tickets, { token: request.body.token, buyerKey, address: request.ip });
    if (outcome.kind !== 'accepted') throw problemOfTicket(outcome.kind);
    markAnswer(reply, outcome.isRepeat, 201);
    return answerTicket(tickets, outcome.key, [buyerKey]);
  });
}
