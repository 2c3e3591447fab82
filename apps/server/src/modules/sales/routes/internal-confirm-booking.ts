import { Booking, BookingPath, EmptyBody, problemResponses } from '@tessera/contract';
import { requireIdempotencyKey, type HttpServer } from '../../../platform/http/index.ts';
import { confirmBooking } from '../change-booking.ts';
import { answerBooking } from './booking-answer.ts';
import { internalProblems } from './documents.ts';
import { parseBookingId } from './parse-ids.ts';
import type { InternalRoutesContext } from './routes-context.ts';

const refusals = ['SALES_WRONG_STATE', 'SALES_SOLD_OUT', 'SALES_LIMIT', 'SALES_NOT_ON_SALE'] as const;

const schema = {
  hide: true,
  params: BookingPath,
  body: EmptyBody,
  response: { 200: Booking, ...problemResponses(...internalProblems, ...refusals) },
};

/** The organizer says that a booking is paid: it is sold, also after its hold expired, if stock is left and the limits allow it. */
export function confirmPaidBookingRoute(http: HttpServer, { sales, requireSecret }: InternalRoutesContext): void {
  http.post(
    '/internal/bookings/:id/confirm',
    { schema, onRequest: requireSecret, config: { audience: 'secret' } },
    async (request, reply) => {
      const idempotencyKey = requireIdempotencyKey(request);
      const { eventId, bookingId } = parseBookingId(request.params.id);
      const actor = { kind: 'organizer' } as const;
      const outcome = await confirmBooking(sales, { eventId, bookingId, actor, idempotencyKey, tender: 'external' });
      return answerBooking(reply, eventId, outcome, 200);
    },
  );
}
