import { ProviderRefused } from '../../engines/payments/index.ts';
import type { Random } from '../../platform/random.ts';
import { backoffMs } from './backoff.ts';
import type { Payments } from './context.ts';
import { note } from './note.ts';
import { postpone, type OwedRow } from './queries/owed.ts';
import { receivePayment } from './receive-payment.ts';
import { settle, settleRefund } from './settle-refund.ts';

/** `later`: it did not work, and is tried again. `pending`: the provider is at it. */
export type PaidBack = 'done' | 'failed' | 'pending' | 'later';

/** How often a provider that is at it is asked whether it is done, if it does not say so by itself. */
const PENDING_MS = 60_000;

/**
 * Does one thing that is owed: asks the provider with the row's own id as the key, so that however often and from wherever it is
 * asked it happens once, and tells the sale how it ended. What fails in passing is tried again, for ever.
 */
export async function payOwed(payments: Payments, owed: OwedRow, random: Random): Promise<PaidBack> {
  const later = async (error: unknown): Promise<PaidBack> => {
    const text = error instanceof Error ? error.message : String(error);
    await postpone(payments.db, { ...owed, afterMs: backoffMs(owed.tries, random), error: text });
    return 'later';
  };
  try {
    return await (owed.kind === 'refund' ? giveBack(payments, owed, later) : cancel(payments, owed, later));
  } catch (error) {
    if (error instanceof ProviderRefused) return refused(payments, owed, error);
    return later(error);
  }
}

type Later = (error: unknown) => Promise<PaidBack>;

async function giveBack(payments: Payments, owed: OwedRow, later: Later): Promise<PaidBack> {
  const { id: key, paymentRef: ref, amountMinor, reason } = owed;
  const answer = await payments.gate.ask((provider) => provider.refund({ key, ref, amountMinor, reason }));
  if (answer.kind === 'unavailable') {
    payments.metrics.unavailable();
    return later(answer.cause);
  }
  const refund = answer.result;
  const use = await settleRefund(payments, { ...owed, ref }, refund);
  if (use !== 'pending') return use === 'noted' ? 'failed' : use;
  await postpone(payments.db, { ...owed, afterMs: PENDING_MS, error: null, providerRef: refund.ref });
  return 'pending';
}

/** Ends an intent. If it was paid meanwhile, that is a payment like any other: the sale keeps it or owes it back. */
async function cancel(payments: Payments, owed: OwedRow, later: Later): Promise<PaidBack> {
  const answer = await payments.gate.ask((provider) => provider.cancelIntent(owed.paymentRef));
  if (answer.kind === 'unavailable') {
    payments.metrics.unavailable();
    return later(answer.cause);
  }
  const { kind, intent } = answer.result;
  if (kind === 'processing') return later('A payment is on its way.');
  if (kind === 'already_paid') await receivePayment(payments, intent);
  return settle(payments, owed, { isDone: true, providerRef: null });
}

/** The provider will never do it: it stays owed, and a person has to see to it. */
async function refused(payments: Payments, owed: OwedRow, error: ProviderRefused): Promise<PaidBack> {
  const { id, kind, paymentRef, amountMinor } = owed;
  await note(payments, {
    reason: kind === 'refund' ? 'refund_failed' : 'void_failed',
    subject: id,
    intent: { ...owed, ref: paymentRef },
    amountMinor,
    detail: `The provider refuses the ${kind}: ${error.code}.`,
  });
  return settle(payments, owed, { isDone: false, providerRef: null });
}
