import type { IntentOrder } from '../provider.ts';
import type { Context } from './context.ts';
import type { Change, IntentRecord } from './records.ts';
import { Refusal } from './refusal.ts';
import type { State } from './state.ts';

/** The intent of a key: the one that is there, or a new one with the change that makes it. */
export function createIntent(state: State, order: IntentOrder, context: Context): { intent: IntentRecord; change: Change | null } {
  const known = state.intents.get(state.intentOfKey.get(order.key) ?? '');
  if (known !== undefined) {
    if (!isSameOrder(known, order)) throw new Refusal(409, 'key_reused', 'This Idempotency-Key belongs to another intent.');
    return { intent: known, change: null };
  }
  const ref = context.newId('sbi');
  const intent: IntentRecord = {
    ref,
    key: order.key,
    secret: context.newId(`${ref}_secret`),
    amountMinor: order.amountMinor,
    currency: order.currency,
    eventId: order.eventId,
    bookingId: order.bookingId,
    description: order.description,
    returnUrl: order.returnUrl ?? null,
    state: 'open',
    card: null,
    holderName: null,
    declineCode: null,
    receivedMinor: 0,
    receivedCurrency: null,
    refundedMinor: 0,
    dispute: null,
    createdMs: context.nowMs,
  };
  return { intent, change: { intent } };
}

function isSameOrder(known: IntentRecord, order: IntentOrder): boolean {
  return (
    known.amountMinor === order.amountMinor &&
    known.currency === order.currency &&
    known.eventId === order.eventId &&
    known.bookingId === order.bookingId &&
    known.description === order.description &&
    known.returnUrl === (order.returnUrl ?? null)
  );
}
