import { Booking, BookingPath, OfferTicketsRequest, problemResponses } from '@tessera/contract';
import { requireIdempotencyKey, type HttpServer } from '../../../platform/http/index.ts';
import { withdrawOffers } from '../offer-tickets.ts';
import { answerBooking } from './booking-answer.ts';
import { buyerSecurity, commandProblems, laneHeaders } from './documents.ts';
import { parseBookingId } from './parse-ids.ts';
import type { RoutesContext } from './routes-context.ts';

const schema = {
  operationId: 'withdrawOffers',
  summary: 'Keep offered tickets after all',
  description: 'Possible until somebody is about to buy the place. What is not offered stays as it is.',
  tags: ['bookings'],
  security: buyerSecurity,
  headers: laneHeaders,
  params: BookingPath,
  body: OfferTicketsRequest,
  response: { 200: Booking, ...problemResponses(...commandProblems, 'SALES_OFFER_TAKEN') },
};

export function withdrawOffersRoute(http: HttpServer, { sales, requireBuyer }: RoutesContext): void {
  http.post('/api/v1/bookings/:id/offers/withdraw', { schema, config: { audience: 'buyer' } }, async (request, reply) => {
    const actor = { kind: 'buyer', buyerKey: requireBuyer(request) } as const;
    const idempotencyKey = requireIdempotencyKey(request);
    const { eventId, bookingId } = parseBookingId(request.params.id);
    const outcome = await withdrawOffers(sales, { eventId, bookingId, actor, idempotencyKey, tickets: request.body.ticket_numbers });
    return answerBooking(reply, eventId, outcome, 200);
  });
}
