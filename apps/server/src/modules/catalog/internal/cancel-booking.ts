import { Booking, BookingPath, EmptyBody, problemResponses } from '@tessera/contract';
import { requireIdempotencyKey, type HttpServer } from '../../../platform/http/index.ts';
import { cancelBooking, presentBooking, problemOfRefusal } from '../../sales/index.ts';
import { bookingIdOfPath } from '../parse-ids.ts';
import { laneProblems, type InternalContext } from './documents.ts';
import { markAnswer } from './mark-answer.ts';

const schema = {
  hide: true,
  params: BookingPath,
  body: EmptyBody,
  response: { 200: Booking, ...problemResponses(...laneProblems, 'SALES_WRONG_STATE') },
};

/** The organizer takes a sold booking back; its tickets can be sold again. */
export function cancelSoldBookingRoute(http: HttpServer, { catalog, requireSecret }: InternalContext): void {
  http.post('/internal/bookings/:id/cancel', { schema, onRequest: requireSecret }, async (request, reply) => {
    const idempotencyKey = requireIdempotencyKey(request);
    const { eventId, id: bookingId } = bookingIdOfPath(request.params.id);
    const actor = { kind: 'organizer' } as const;
    const outcome = await cancelBooking(catalog.sales, { eventId, bookingId, actor, idempotencyKey });
    if (outcome.kind !== 'booking') throw problemOfRefusal(eventId, outcome);
    markAnswer(reply, outcome.replayed, 200);
    return presentBooking(eventId, outcome.booking, outcome.nowMs);
  });
}
