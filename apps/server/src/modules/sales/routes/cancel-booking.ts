import { Booking, BookingPath, EmptyBody, problemResponses } from '@tessera/contract';
import { requireIdempotencyKey, type HttpServer } from '../../../platform/http/index.ts';
import { cancelBooking } from '../change-booking.ts';
import { answerBooking } from './booking-answer.ts';
import { buyerSecurity, commandProblems, laneHeaders } from './documents.ts';
import { parseBookingId } from './parse-ids.ts';
import type { RoutesContext } from './routes-context.ts';

const schema = {
  operationId: 'cancelBooking',
  summary: 'Cancel a booking',
  description: 'A confirmed free booking is given back; one that was paid is refunded by the organizer.',
  tags: ['bookings'],
  security: buyerSecurity,
  headers: laneHeaders,
  params: BookingPath,
  body: EmptyBody,
  response: { 200: Booking, ...problemResponses(...commandProblems, 'SALES_WRONG_STATE', 'SALES_ORGANIZER_ONLY') },
};

export function cancelBookingRoute(http: HttpServer, { sales, requireBuyer }: RoutesContext): void {
  http.post('/api/v1/bookings/:id/cancel', { schema, config: { audience: 'buyer' } }, async (request, reply) => {
    const actor = { kind: 'buyer', buyerKey: requireBuyer(request) } as const;
    const idempotencyKey = requireIdempotencyKey(request);
    const { eventId, bookingId } = parseBookingId(request.params.id);
    const outcome = await cancelBooking(sales, { eventId, bookingId, actor, idempotencyKey });
    return answerBooking(reply, eventId, outcome, 200);
  });
}
