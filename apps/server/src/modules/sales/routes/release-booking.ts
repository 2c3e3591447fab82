import { Booking, BookingPath, EmptyBody, problemResponses } from '@tessera/contract';
import { requireIdempotencyKey, type HttpServer } from '../../../platform/http/index.ts';
import { releaseBooking } from '../change-booking.ts';
import { answerBooking } from './booking-answer.ts';
import { buyerSecurity, commandProblems, laneHeaders } from './documents.ts';
import { parseBookingId } from './parse-ids.ts';
import type { RoutesContext } from './routes-context.ts';

const schema = {
  operationId: 'releaseBooking',
  summary: 'Give a hold back',
  description: 'The tickets are free for others at once.',
  tags: ['bookings'],
  security: buyerSecurity,
  headers: laneHeaders,
  params: BookingPath,
  body: EmptyBody,
  response: { 200: Booking, ...problemResponses(...commandProblems, 'SALES_WRONG_STATE') },
};

export function releaseBookingRoute(http: HttpServer, { sales, requireBuyer }: RoutesContext): void {
  http.post('/api/v1/bookings/:id/release', { schema, config: { audience: 'buyer' } }, async (request, reply) => {
    const actor = { kind: 'buyer', buyerKey: requireBuyer(request) } as const;
    const idempotencyKey = requireIdempotencyKey(request);
    const { eventId, bookingId } = parseBookingId(request.params.id);
    const outcome = await releaseBooking(sales, { eventId, bookingId, actor, idempotencyKey });
    return answerBooking(reply, eventId, outcome, 200);
  });
}
