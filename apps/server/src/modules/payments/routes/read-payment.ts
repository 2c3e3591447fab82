import { BookingPath, Payment, problemResponses } from '@tessera/contract';
import { problem, type HttpServer } from '../../../platform/http/index.ts';
import { parseBookingId } from '../../sales/index.ts';
import { readBuyersRefunds } from '../buyers-refunds.ts';
import { presentPayment } from '../present-payment.ts';
import { readPayment } from '../read-payment.ts';
import { buyerProblems, buyerSecurity } from './documents.ts';
import type { BuyerRoutes } from './routes-context.ts';

const schema = {
  operationId: 'readPayment',
  summary: 'How the payment of a booking stands',
  description:
    'While it is awaited the payment provider is asked, so that a payment whose notification was lost is found. `intent` is null where there is nothing to be paid now, or the provider does not answer.',
  tags: ['bookings'],
  security: buyerSecurity,
  params: BookingPath,
  response: { 200: Payment, ...problemResponses(...buyerProblems, 'LANE_BUSY', 'OUTCOME_UNKNOWN') },
};

export function readPaymentRoute(http: HttpServer, { payments, requireBuyer }: BuyerRoutes): void {
  http.get('/api/v1/bookings/:id/payment', { schema, config: { audience: 'buyer' } }, async (request, reply) => {
    const buyerKey = requireBuyer(request);
    const ids = parseBookingId(request.params.id);
    const view = await readPayment(payments, { ...ids, buyerKey });
    if (!view) throw problem('NOT_FOUND', { detail: 'There is no such booking.' });
    reply.header('cache-control', 'private, no-store');
    const refunds = await readBuyersRefunds(payments, ids.eventId, view.booking);
    return presentPayment(payments, { eventId: ids.eventId, ...view, refunds });
  });
}
