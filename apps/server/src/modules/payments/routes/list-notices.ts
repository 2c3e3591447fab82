import { ListPaymentNoticesQuery, OPERATOR_PAGE_DEFAULT, PaymentNoticeList, PERSON_PROBLEMS, problemResponses } from '@tessera/contract';
import type { HttpServer } from '../../../platform/http/index.ts';
import { formatId } from '../../../platform/ids/index.ts';
import { NO_EVENT } from '../parse-order-ids.ts';
import { readNotices } from '../queries/notices.ts';
import type { OrganizerRoutes } from './organizer-context.ts';

const schema = {
  operationId: 'listPaymentNotices',
  summary: 'What the payment provider said and could not be used, the last first',
  description: 'Money that nobody could be found for, refunds that failed or that nobody here has asked for. For operators.',
  tags: ['operator'],
  security: [{ accessToken: [] }],
  querystring: ListPaymentNoticesQuery,
  response: { 200: PaymentNoticeList, ...problemResponses(...PERSON_PROBLEMS, 'NOT_FOUND', 'ACCOUNTS_SECOND_FACTOR_NEEDED') },
};

export function listNoticesRoute(http: HttpServer, { payments, organizations }: OrganizerRoutes): void {
  http.get('/api/v1/operator/payment-notices', { schema, config: { audience: 'operator' } }, async (request) => {
    await organizations.requireOperator(request);
    const rows = await readNotices(payments.db, request.query.limit ?? OPERATOR_PAGE_DEFAULT);
    return {
      data: rows.map(({ eventId, at, reason, booking, paymentRef, amountMinor, currency, detail }) => ({
        at: at.toISOString(),
        event_id: eventId === NO_EVENT ? null : formatId('evt', eventId),
        reason,
        booking,
        payment_ref: paymentRef,
        amount_minor: amountMinor,
        currency,
        detail,
      })),
    };
  });
}
