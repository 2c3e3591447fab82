import { Booking, BookingPath, problemResponses, RefundOwnBookingBody } from '@tessera/contract';
import { problem, requireIdempotencyKey, type HttpServer } from '../../../platform/http/index.ts';
import { answerBooking, parseBookingId } from '../../sales/index.ts';
import { refundByBuyer, type NotByPolicy } from '../refunds/refund-by-buyer.ts';
import { buyerSecurity, commandProblems } from './documents.ts';
import type { BuyerRoutes } from './routes-context.ts';

const schema = {
  operationId: 'refundByBuyer',
  summary: 'Give tickets back for the money that the event’s policy says',
  description: 'Without tickets, all of the booking. `reason` of a refusal is no_policy, too_late or not_by_card.',
  tags: ['bookings'],
  security: buyerSecurity,
  params: BookingPath,
  body: RefundOwnBookingBody,
  response: {
    200: Booking,
    ...problemResponses(
      ...commandProblems,
      'IDEMPOTENCY_KEY_REUSED',
      'SALES_WRONG_STATE',
      'SALES_REFUND_TOO_HIGH',
      'SALES_TICKET_RETURNED',
      'SALES_DISPUTED',
      'PAYMENTS_REFUND_NOT_ALLOWED',
      'TICKETS_PASSED_ON',
      'TICKETS_ALREADY_ADMITTED',
    ),
  },
};

export function refundByBuyerRoute(http: HttpServer, { payments, requireBuyer }: BuyerRoutes): void {
  http.post('/api/v1/bookings/:id/refund', { schema, config: { audience: 'buyer' } }, async (request, reply) => {
    const buyerKey = requireBuyer(request);
    const idempotencyKey = requireIdempotencyKey(request);
    const ids = parseBookingId(request.params.id);
    const outcome = await refundByBuyer(payments, { ...ids, buyerKey, idempotencyKey, tickets: request.body?.tickets ?? 'all' });
    if (outcome.kind === 'not_by_policy') throw notAllowed(outcome);
    return answerBooking(reply, ids.eventId, outcome, 200);
  });
}

const DETAILS: Readonly<Record<NotByPolicy['reason'], string>> = {
  no_policy: 'Buyers cannot give tickets of this event back by themselves. Ask the organizer.',
  too_late: 'It is too late to give tickets of this event back.',
  not_by_card: 'This booking was not paid online. Ask the organizer.',
};

function notAllowed({ reason }: NotByPolicy): Error {
  return problem('PAYMENTS_REFUND_NOT_ALLOWED', { detail: DETAILS[reason], extensions: { reason } });
}
