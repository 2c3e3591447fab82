import type { IntentStanding } from '../../engines/payments/index.ts';
import { uuidFromText } from '../../platform/ids/index.ts';
import type { Payments } from './context.ts';
import { isUuid, NO_EVENT } from './parse-order-ids.ts';
import { insertNotice, type NoticeReason } from './queries/notices.ts';

const BOOKING_CHARS_MAX = 100;

export type Noted = {
  reason: NoticeReason;
  /** What it is about, at the provider: noted once for each. */
  subject: string;
  intent: Pick<IntentStanding, 'ref' | 'eventId' | 'bookingId' | 'currency'>;
  amountMinor: number | null;
  detail: string;
};

/** Writes down what a person should look at, and says so in the log. */
export async function note(
  { db, log }: Pick<Payments, 'db' | 'log'>,
  { reason, subject, intent, amountMinor, detail }: Noted,
): Promise<void> {
  const eventId = isUuid(intent.eventId) ? intent.eventId : NO_EVENT;
  log.warn({ reason, payment_ref: intent.ref, event_id: eventId }, detail);
  await insertNotice(db, {
    eventId,
    id: uuidFromText(`notice\n${reason}\n${subject}`),
    reason,
    booking: intent.bookingId.slice(0, BOOKING_CHARS_MAX),
    paymentRef: intent.ref,
    amountMinor,
    currency: intent.currency,
    detail,
  });
}
