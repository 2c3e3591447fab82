import { Booking, BookingPath, problemResponses } from '@tessera/contract';
import { problem, type HttpServer } from '../../../platform/http/index.ts';
import { presentBooking } from '../present-booking.ts';
import { readBooking } from '../read-booking.ts';
import { buyerSecurity } from './documents.ts';
import { parseBookingId } from './parse-ids.ts';
import type { RoutesContext } from './routes-context.ts';

const schema = {
  operationId: 'readBooking',
  summary: 'Read a booking of the buyer',
  tags: ['bookings'],
  security: buyerSecurity,
  params: BookingPath,
  response: {
    200: Booking,
    ...problemResponses('BUYER_SESSION_MISSING', 'BUYER_SESSION_INVALID', 'BUYER_SESSION_EXPIRED', 'NOT_FOUND', 'UNAVAILABLE'),
  },
};

export function readBookingRoute(http: HttpServer, { sales, requireBuyer }: RoutesContext): void {
  http.get('/api/v1/bookings/:id', { schema, config: { audience: 'buyer' } }, async (request, reply) => {
    const buyerKey = requireBuyer(request);
    const { eventId, bookingId } = parseBookingId(request.params.id);
    const found = await readBooking(sales, { eventId, bookingId });
    if (found === null || found.booking.buyerKey !== buyerKey) throw problem('NOT_FOUND', { detail: 'There is no such booking.' });
    reply.header('cache-control', 'private, no-store');
    return presentBooking(eventId, found.booking, found.nowMs);
  });
}
