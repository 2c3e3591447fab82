import { BookingPath, EmptyBody, Payment, problemResponses, type ErrorCode } from '@tessera/contract';
import { markAnswer, requireIdempotencyKey, type HttpServer } from '../../../platform/http/index.ts';
import { parseBookingId } from '../../sales/index.ts';
import { beginPayment } from '../begin-payment.ts';
import { problemOfBeginRefusal } from '../errors.ts';
import { presentPayment } from '../present-payment.ts';
import type { BuyerRoutes } from './routes-context.ts';
import { buyerSecurity, commandProblems } from './documents.ts';

const refusals: readonly ErrorCode[] = [
  'SALES_WRONG_STATE',
  'SALES_NOT_ON_SALE',
  'SALES_NOTHING_TO_PAY',
  'PAYMENTS_NOT_POSSIBLE',
  'ATTENDEES_INCOMPLETE',
  'PAYMENTS_UNAVAILABLE',
];

const schema = {
  operationId: 'beginPayment',
  summary: 'Go to pay for a hold',
  description:
    'Makes what the buyer pays at the payment provider, the same for every request of a booking, and keeps the tickets once for as long again. Pay at `pay_url`, or with the `client_secret` by the provider’s own means.',
  tags: ['bookings'],
  security: buyerSecurity,
  params: BookingPath,
  body: EmptyBody,
  response: { 200: Payment, ...problemResponses(...commandProblems, ...refusals) },
};

/** A hot path: what the presenter makes is what the schema says, so nothing has to be filtered out. */
const serializerCompiler = () => JSON.stringify;

export function beginPaymentRoute(http: HttpServer, { payments, requireBuyer }: BuyerRoutes): void {
  const config = { audience: 'buyer' } as const;
  http.post('/api/v1/bookings/:id/payment', { schema, serializerCompiler, config }, async (request, reply) => {
    const buyerKey = requireBuyer(request);
    // The payment of a booking is one, whatever its requests are called.
    requireIdempotencyKey(request);
    const ids = parseBookingId(request.params.id);
    const begun = await beginPayment(payments, { ...ids, buyerKey });
    if (begun.kind !== 'begun') throw problemOfBeginRefusal(ids.eventId, begun);
    const { outcome, intent } = begun;
    markAnswer(reply, outcome.replayed, 200);
    return presentPayment(payments, { eventId: ids.eventId, booking: outcome.booking, nowMs: outcome.nowMs, intent });
  });
}
