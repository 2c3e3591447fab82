import { Booking, BookingPath, EmptyBody, problemResponses } from '@tessera/contract';
import { requireIdempotencyKey, type HttpServer } from '../../../platform/http/index.ts';
import { confirmBooking, presentBooking, problemOfRefusal } from '../../sales/index.ts';
import { bookingIdOfPath } from '../parse-ids.ts';
import { laneProblems, type InternalContext } from './documents.ts';
import { markAnswer } from './mark-answer.ts';

const schema = {
  hide: true,
  params: BookingPath,
  body: EmptyBody,
  response: { 200: Booking, ...problemResponses(...laneProblems, 'SALES_WRONG_STATE', 'SALES_SOLD_OUT') },
};

/** The organizer says that a booking is paid: it is sold, also after its hold expired, if there is stock left. */
export function confirmPaidBookingRoute(http: HttpServer, { catalog, requireSecret }: InternalContext): void {
  http.post('/internal/bookings/:id/confirm', { schema, onRequest: requireSecret }, async (request, reply) => {
    const idempotencyKey = requireIdempotencyKey(request);
    const { eventId, id: bookingId } = bookingIdOfPath(request.params.id);
    const actor = { kind: 'organizer' } as const;
    const outcome = await confirmBooking(catalog.sales, { eventId, bookingId, actor, idempotencyKey, paid: true });
    if (outcome.kind !== 'booking') throw problemOfRefusal(eventId, outcome);
    markAnswer(reply, outcome.replayed, 200);
    return presentBooking(eventId, outcome.booking, outcome.nowMs);
  });
}
