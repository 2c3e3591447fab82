import type { IntentStanding, Refund } from '../../engines/payments/index.ts';
import { invariant } from '../../platform/invariant.ts';
import { settleOwed } from '../sales/index.ts';
import type { Payments } from './context.ts';
import { note } from './note.ts';
import { isUuid, parseOrderIds } from './parse-order-ids.ts';
import { readOwed, setProviderRef, type OwedRow } from './queries/owed.ts';

export type RefundUse = 'done' | 'failed' | 'pending' | 'noted';

type About = Pick<IntentStanding, 'ref' | 'eventId' | 'bookingId' | 'currency'>;

/**
 * Takes in how a refund stands, whoever said so. It is ours if its key is the id of what we owe; any other was made by somebody at
 * the provider, and is noted. Rejects where the lane does not answer.
 */
export async function settleRefund(payments: Payments, intent: About, refund: Refund): Promise<RefundUse> {
  const ids = parseOrderIds(intent);
  const owed = ids && isUuid(refund.key) ? await readOwed(payments.db, ids.eventId, refund.key) : null;
  if (owed?.kind !== 'refund')
    return noted(payments, { intent, refund, reason: 'unknown_refund', detail: 'Money went back that was not owed.' });
  if (owed.amountMinor !== refund.amountMinor || owed.currency !== refund.currency) {
    return noted(payments, { intent, refund, reason: 'other_amount', detail: 'Another amount went back than was owed.' });
  }
  if (refund.state === 'pending') return 'pending';
  if (refund.state === 'succeeded') return settle(payments, owed, { isDone: true, providerRef: refund.ref });
  const reason = 'refund_failed';
  await noted(payments, { intent, refund, reason, detail: 'The provider could not give money back: it is still owed.' });
  // What has arrived once has arrived; that it came back is for a person.
  return owed.isDone ? 'noted' : settle(payments, owed, { isDone: false, providerRef: refund.ref });
}

/** Tells the sale how something owed has ended. */
export async function settle(
  payments: Payments,
  owed: OwedRow,
  { isDone, providerRef }: { isDone: boolean; providerRef: string | null },
): Promise<'done' | 'failed'> {
  const { eventId, bookingId, id, kind, amountMinor, currency } = owed;
  if (providerRef !== null) await setProviderRef(payments.db, owed, providerRef);
  const outcome = await settleOwed(payments.sales, { eventId, bookingId, owed: { id, kind, amountMinor, currency }, isDone });
  invariant(outcome.kind === 'booking', `what is owed belongs to a booking that is there: ${outcome.kind}`);
  return isDone ? 'done' : 'failed';
}

type Odd = { intent: About; refund: Refund; reason: 'unknown_refund' | 'other_amount' | 'refund_failed'; detail: string };

async function noted(payments: Payments, { intent, refund, reason, detail }: Odd): Promise<'noted'> {
  await note(payments, { reason, subject: `${refund.ref}\n${refund.state}`, intent, amountMinor: refund.amountMinor, detail });
  return 'noted';
}
