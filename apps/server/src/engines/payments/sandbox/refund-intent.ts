import type { RefundOrder } from '../provider.ts';
import { cardNamed } from './cards.ts';
import type { Context } from './context.ts';
import type { Change, IntentRecord, MovementRecord, RefundRecord, Step } from './records.ts';
import { Refusal } from './refusal.ts';
import { currencyOf, isDisputed } from './standing.ts';
import type { State } from './state.ts';
import { tell } from './tell.ts';

export type Refunded = { refund: RefundRecord; intent: IntentRecord; change: Change | null };

/** The refund of a key: the one that is there, or a new one with the change that makes it. */
export function refundIntent(state: State, order: RefundOrder, context: Context): Refunded {
  const intent = state.intents.get(order.ref);
  if (intent === undefined) throw new Refusal(404, 'unknown_intent', 'There is no such intent.');
  const known = state.refunds.get(state.refundOfKey.get(order.key) ?? '');
  if (known !== undefined) {
    const isSame = known.intentRef === order.ref && known.amountMinor === order.amountMinor;
    if (!isSame) throw new Refusal(409, 'key_reused', 'This Idempotency-Key belongs to another refund.');
    return { refund: known, intent, change: null };
  }
  refuseImpossible(intent, order.amountMinor);
  return begin(intent, order, context);
}

function refuseImpossible(intent: IntentRecord, amountMinor: number): void {
  if (intent.state !== 'succeeded') throw new Refusal(409, 'not_paid', 'Nothing has come for this intent.');
  if (isDisputed(intent)) throw new Refusal(409, 'disputed', 'The buyer’s bank has this money: it cannot be given back twice.');
  const leftMinor = intent.receivedMinor - intent.refundedMinor;
  if (amountMinor > leftMinor) throw new Refusal(409, 'refund_too_high', `Of this payment ${leftMinor} is left.`);
}

function begin(intent: IntentRecord, order: RefundOrder, context: Context): Refunded {
  const { refunds } = cardNamed(intent.card);
  const refund: RefundRecord = {
    ref: context.newId('sbr'),
    key: order.key,
    intentRef: order.ref,
    amountMinor: order.amountMinor,
    reason: order.reason,
    state: 'pending',
  };
  const reserved: IntentRecord = { ...intent, refundedMinor: intent.refundedMinor + order.amountMinor };
  if (refunds === undefined || refunds === 'fail') {
    const change = endRefund(reserved, refund, refunds === undefined ? 'succeeded' : 'failed', context);
    return { refund: change.refund, intent: change.intent, change };
  }
  const step: Step = {
    id: context.newId('sbt'),
    dueMs: context.after('refundMs'),
    intentRef: intent.ref,
    what: 'end_refund',
    refundRef: refund.ref,
  };
  return { refund, intent: reserved, change: { intent: reserved, refund, steps: [step] } };
}

/** A refund whose amount is reserved arrives, or fails and gives its amount back to what is left. */
export function endRefund(
  intent: IntentRecord,
  refund: RefundRecord,
  state: 'succeeded' | 'failed',
  context: Context,
): Change & { intent: IntentRecord; refund: RefundRecord } {
  const ended: RefundRecord = { ...refund, state };
  if (state === 'succeeded') {
    const movement = movementOf(ended, intent, context);
    return { intent, refund: ended, movement, sends: tell('refund.succeeded', intent, context, ended) };
  }
  const left: IntentRecord = { ...intent, refundedMinor: intent.refundedMinor - refund.amountMinor };
  return { intent: left, refund: ended, sends: tell('refund.failed', left, context, ended) };
}

function movementOf(refund: RefundRecord, intent: IntentRecord, context: Context): MovementRecord {
  return {
    kind: 'refund',
    ref: refund.ref,
    refundKey: refund.key,
    intentRef: intent.ref,
    amountMinor: refund.amountMinor,
    currency: currencyOf(intent),
    atMs: context.nowMs,
    eventId: intent.eventId,
    bookingId: intent.bookingId,
  };
}
