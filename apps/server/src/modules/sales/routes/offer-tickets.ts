import { Booking, BookingPath, OfferTicketsRequest, problemResponses } from '@tessera/contract';
import { problem, requireIdempotencyKey, type HttpServer } from '../../../platform/http/index.ts';
import { offerTickets } from '../offer-tickets.ts';
import { answerBooking } from './booking-answer.ts';
import { buyerSecurity, commandProblems, laneHeaders } from './documents.ts';
import { parseBookingId } from './parse-ids.ts';
import type { RoutesContext } from './routes-context.ts';

const refusals = [
  'SALES_NO_RESALE',
  'SALES_NOT_OFFERABLE',
  'SALES_NOT_ON_SALE',
  'SALES_WRONG_STATE',
  'SALES_TICKET_RETURNED',
  'SALES_DISPUTED',
  'SALES_ORGANIZER_ONLY',
] as const;

const schema = {
  operationId: 'offerTickets',
  summary: 'Offer tickets back',
  description:
    'Each ticket stays valid until somebody else pays for its place, first offered, first sold. Then it is worth nothing any more, and what it cost goes back by itself, without fees. Free places are sold before.',
  tags: ['bookings'],
  security: buyerSecurity,
  headers: laneHeaders,
  params: BookingPath,
  body: OfferTicketsRequest,
  response: { 200: Booking, ...problemResponses(...commandProblems, ...refusals) },
};

const REASONS = {
  passed_on: 'This ticket was passed on: its holder has it.',
  being_passed_on: 'This ticket is being passed on to a person. Take that back first.',
  admitted: 'Somebody was let in with this ticket.',
} as const;

export function offerTicketsRoute(http: HttpServer, { sales, requireBuyer, findUnofferable }: RoutesContext): void {
  http.post('/api/v1/bookings/:id/offers', { schema, config: { audience: 'buyer' } }, async (request, reply) => {
    const actor = { kind: 'buyer', buyerKey: requireBuyer(request) } as const;
    const idempotencyKey = requireIdempotencyKey(request);
    const { eventId, bookingId } = parseBookingId(request.params.id);
    const { ticket_numbers: tickets } = request.body;
    const unofferable = (await findUnofferable?.({ eventId, bookingId, buyerKey: actor.buyerKey, numbers: tickets })) ?? null;
    if (unofferable) {
      const { number, reason } = unofferable;
      throw problem('SALES_NOT_OFFERABLE', { detail: REASONS[reason], extensions: { ticket_number: number, reason } });
    }
    const outcome = await offerTickets(sales, { eventId, bookingId, actor, idempotencyKey, tickets });
    return answerBooking(reply, eventId, outcome, 200);
  });
}
