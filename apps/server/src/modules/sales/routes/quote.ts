import { EventParams, Quote, QuoteRequest, problemResponses } from '@tessera/contract';
import { problem, type HttpServer } from '../../../platform/http/index.ts';
import { formatId, parseId } from '../../../platform/ids/index.ts';
import { problemOfRefusal } from '../errors.ts';
import { presentCharges, presentLines } from '../present-booking.ts';
import { quote } from '../quote.ts';
import { basketProblems } from './documents.ts';
import { parseLines } from './parse-ids.ts';
import type { RoutesContext } from './routes-context.ts';

const schema = {
  operationId: 'quoteBasket',
  summary: 'What a basket costs now',
  description:
    'Asked of the function that decides holds. Send its total_minor as expected_total_minor with the hold to be sure of it. It knows no buyer: limits for each buyer are looked at by the hold.',
  tags: ['bookings'],
  params: EventParams,
  body: QuoteRequest,
  response: {
    200: Quote,
    ...problemResponses('REQUEST_INVALID', 'NOT_FOUND', 'BODY_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE', 'UNAVAILABLE', ...basketProblems),
  },
};

export function quoteRoute(http: HttpServer, { sales }: RoutesContext): void {
  http.post('/api/v1/events/:id/quotes', { schema, config: { audience: 'public' } }, async (request, reply) => {
    const eventId = parseId('evt', request.params.id);
    if (eventId === null) throw problem('NOT_FOUND', { detail: 'There is no such event.' });
    const { access_code: accessCode = null, promo_code: promoCode } = request.body;
    const lines = parseLines(request.body.lines, eventId);
    const outcome = await quote(sales, { eventId, lines, accessCode, promoCode: promoCode?.toUpperCase() ?? null });
    if (outcome.kind !== 'quote') throw problemOfRefusal(eventId, outcome);
    const { basket, currency } = outcome;
    reply.header('cache-control', 'no-store');
    return {
      event_id: formatId('evt', eventId),
      lines: presentLines(eventId, basket.lines),
      charges: basket.charges && presentCharges(basket.charges),
      quantity: basket.lines.reduce((sum, line) => sum + line.quantity, 0),
      total_minor: basket.totalMinor,
      currency,
    };
  });
}
