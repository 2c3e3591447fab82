import { Booking, BookingPath, EmptyBody, problemResponses } from '@tessera/contract';
import { requireIdempotencyKey, type HttpServer } from '../../../platform/http/index.ts';
import { confirmBooking } from '../change-booking.ts';
import { answerBooking } from './booking-answer.ts';
import { buyerSecurity, commandProblems, laneHeaders } from './documents.ts';
import { parseBookingId } from './parse-ids.ts';
import type { RoutesContext } from './routes-context.ts';

const schema = {
  operationId: 'confirmBooking',
  summary: 'Confirm a hold',
  description: 'A booking that costs something is confirmed by its payment; this confirms what is free.',
  tags: ['bookings'],
  security: buyerSecurity,
  headers: laneHeaders,
  params: BookingPath,
  body: EmptyBody,
  response: {
    200: Booking,
    ...problemResponses(...commandProblems, 'SALES_PAYMENT_REQUIRED', 'SALES_WRONG_STATE', 'SALES_NOT_ON_SALE', 'ATTENDEES_INCOMPLETE'),
  },
};

export function confirmBookingRoute(http: HttpServer, { sales, requireBuyer, beforeConfirm }: RoutesContext): void {
  http.post('/api/v1/bookings/:id/confirm', { schema, config: { audience: 'buyer' } }, async (request, reply) => {
    const buyerKey = requireBuyer(request);
    const actor = { kind: 'buyer', buyerKey } as const;
    const idempotencyKey = requireIdempotencyKey(request);
    const { eventId, bookingId } = parseBookingId(request.params.id);
    await beforeConfirm?.({ eventId, bookingId, buyerKey, basket: null });
    const outcome = await confirmBooking(sales, { eventId, bookingId, actor, idempotencyKey, tender: null });
    return answerBooking(reply, eventId, outcome, 200);
  });
}
