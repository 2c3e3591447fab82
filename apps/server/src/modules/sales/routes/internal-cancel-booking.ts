import { Booking, BookingPath, EmptyBody, problemResponses } from '@tessera/contract';
import { requireIdempotencyKey, type HttpServer } from '../../../platform/http/index.ts';
import { cancelBooking } from '../change-booking.ts';
import { answerBooking } from './booking-answer.ts';
import { internalProblems } from './documents.ts';
import { parseBookingId } from './parse-ids.ts';
import type { InternalRoutesContext } from './routes-context.ts';

const schema = {
  hide: true,
  params: BookingPath,
  body: EmptyBody,
  response: { 200: Booking, ...problemResponses(...internalProblems, 'SALES_WRONG_STATE') },
};

/** The organizer takes a sold booking back; its tickets can be sold again. */
export function cancelSoldBookingRoute(http: HttpServer, { sales, requireSecret }: InternalRoutesContext): void {
  http.post(
    '/internal/bookings/:id/cancel',
    { schema, onRequest: requireSecret, config: { audience: 'secret' } },
    async (request, reply) => {
      const idempotencyKey = requireIdempotencyKey(request);
      const { eventId, bookingId } = parseBookingId(request.params.id);
      const actor = { kind: 'organizer' } as const;
      const outcome = await cancelBooking(sales, { eventId, bookingId, actor, idempotencyKey });
      return answerBooking(reply, eventId, outcome, 200);
    },
  );
}
