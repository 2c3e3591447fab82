import { BODY_PROBLEMS, BookingPath, ChooseRefundBody, problemResponses, RefundChoice } from '@tessera/contract';
import { problem, type HttpServer } from '../../../platform/http/index.ts';
import { parseBookingId } from '../../sales/index.ts';
import { choose, readBuyersQuestion } from '../runs/choose.ts';
import { presentChoice } from '../runs/present-run.ts';
import { buyerProblems, buyerSecurity } from './documents.ts';
import type { BuyerRoutes } from './routes-context.ts';

const PATH = '/api/v1/bookings/:id/refund-choice';

const read = {
  operationId: 'readRefundChoice',
  summary: 'Whether the organizer asks if the buyer keeps a booking, as when an event was moved',
  tags: ['bookings'],
  security: buyerSecurity,
  params: BookingPath,
  response: { 200: RefundChoice, ...problemResponses(...buyerProblems) },
};

const set = {
  operationId: 'chooseRefund',
  summary: 'Keep a booking, or give it back',
  description: 'Until `decide_until`; then `default` holds. What was chosen to go back is not taken back.',
  tags: ['bookings'],
  security: buyerSecurity,
  params: BookingPath,
  body: ChooseRefundBody,
  response: { 200: RefundChoice, ...problemResponses(...buyerProblems, ...BODY_PROBLEMS, 'PAYMENTS_CHOICE_OVER') },
};

export function refundChoiceRoutes(http: HttpServer, { payments, requireBuyer }: BuyerRoutes): void {
  http.get(PATH, { schema: read, config: { audience: 'buyer' } }, async (request, reply) => {
    const buyerKey = requireBuyer(request);
    const { eventId, bookingId } = parseBookingId(request.params.id);
    const question = await readBuyersQuestion(payments, { eventId, bookingId, buyerKey });
    if (!question) throw notAsked();
    reply.header('cache-control', 'private, no-store');
    return presentChoice(eventId, bookingId, question);
  });

  http.put(PATH, { schema: set, config: { audience: 'buyer' } }, async (request, reply) => {
    const buyerKey = requireBuyer(request);
    const { eventId, bookingId } = parseBookingId(request.params.id);
    const chosen = await choose(payments, { eventId, bookingId, buyerKey }, request.body.choice);
    if (chosen.kind === 'not_asked') throw notAsked();
    if (chosen.kind === 'decided') throw problem('PAYMENTS_CHOICE_OVER', { detail: 'It is decided what becomes of this booking.' });
    reply.header('cache-control', 'private, no-store');
    return presentChoice(eventId, bookingId, chosen.question);
  });
}

function notAsked(): Error {
  return problem('NOT_FOUND', { detail: 'Nothing is asked about such a booking.' });
}
