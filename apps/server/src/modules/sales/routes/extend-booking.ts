import { Booking, BookingPath, ExtendBookingRequest, problemResponses } from '@tessera/contract';
import { requireIdempotencyKey, type HttpServer } from '../../../platform/http/index.ts';
import { extendBooking } from '../change-booking.ts';
import { answerBooking } from './booking-answer.ts';
import { buyerSecurity, commandProblems, laneHeaders } from './documents.ts';
import { parseBookingId } from './parse-ids.ts';
import type { RoutesContext } from './routes-context.ts';

const schema = {
  operationId: 'extendBooking',
  summary: 'Extend a hold',
  description: 'Once a booking, by at most the length of a hold.',
  tags: ['bookings'],
  security: buyerSecurity,
  headers: laneHeaders,
  params: BookingPath,
  body: ExtendBookingRequest,
  response: { 200: Booking, ...problemResponses(...commandProblems, 'SALES_WRONG_STATE', 'SALES_ALREADY_EXTENDED', 'SALES_NOT_ON_SALE') },
};

export function extendBookingRoute(http: HttpServer, { sales, requireBuyer }: RoutesContext): void {
  http.post('/api/v1/bookings/:id/extend', { schema, config: { audience: 'buyer' } }, async (request, reply) => {
    const actor = { kind: 'buyer', buyerKey: requireBuyer(request) } as const;
    const idempotencyKey = requireIdempotencyKey(request);
    const { eventId, bookingId } = parseBookingId(request.params.id);
    const seconds = request.body?.seconds;
    const extensionMs = seconds === undefined ? null : seconds * 1000;
    const outcome = await extendBooking(sales, { eventId, bookingId, actor, idempotencyKey, extensionMs });
    return answerBooking(reply, eventId, outcome, 200);
  });
}
