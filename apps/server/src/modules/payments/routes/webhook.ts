import { problemResponses, type ErrorCode } from '@tessera/contract';
import type { RefusedNotification } from '../../../engines/payments/index.ts';
import { problem, type HttpServer } from '../../../platform/http/index.ts';
import type { Payments } from '../context.ts';
import { receiveNotification } from '../receive-notification.ts';

const BODY_BYTES_MAX = 256 * 1024;

const problems: readonly ErrorCode[] = ['PAYMENTS_NOTIFICATION_REFUSED', 'BODY_TOO_LARGE', 'LANE_BUSY', 'OUTCOME_UNKNOWN', 'UNAVAILABLE'];

const schema = { hide: true, response: problemResponses(...problems) };

/**
 * Where the provider says what happened. It is signed over its bytes, so these are taken as they come, whatever their type. It is
 * answered 200 only when what it says is committed: else the provider sends it again.
 */
export async function webhookRoute(http: HttpServer, payments: Payments): Promise<void> {
  await http.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: BODY_BYTES_MAX }, (_request, body, done) => done(null, body));
    scope.post('/webhooks/payments', { schema, bodyLimit: BODY_BYTES_MAX, config: { audience: 'provider' } }, async (request, reply) => {
      const { provider } = payments.gate;
      const header = request.headers[provider.signatureHeader];
      const signature = Array.isArray(header) ? header.join(',') : header;
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const parsed = provider.parseNotification(body, signature, payments.clock.nowMs());
      if (parsed.kind === 'refused') {
        payments.metrics.notified(parsed.reason);
        throw refused(parsed.reason);
      }
      const use = await receiveNotification(payments, parsed.notification).catch((error: unknown) => {
        payments.metrics.notified('failed');
        throw error;
      });
      payments.metrics.notified(use);
      return reply.code(200).header('content-type', 'application/json').send('{}');
    });
  });
}

const DETAILS: Readonly<Record<RefusedNotification, string>> = {
  unsigned: 'The notification is not signed.',
  forged: 'The signature does not fit the notification.',
  stale: 'The notification was signed too long ago.',
  other_account: 'The notification is for another account.',
  malformed: 'The notification cannot be read.',
};

function refused(reason: RefusedNotification): Error {
  return problem('PAYMENTS_NOTIFICATION_REFUSED', { detail: DETAILS[reason], extensions: { reason } });
}
