import { cardNamed, type Card } from './cards.ts';
import type { Context } from './context.ts';
import type { Change, IntentRecord, Step } from './records.ts';
import { tell } from './tell.ts';

/** The money of an intent comes: all of it, or what its card is for. */
export function succeed(intent: IntentRecord, context: Context): Change & { intent: IntentRecord } {
  const card = cardNamed(intent.card);
  const receivedMinor = receivedOf(card, intent.amountMinor);
  const receivedCurrency = card.captures === 'other_currency' ? otherThan(intent.currency) : intent.currency;
  const paid: IntentRecord = { ...intent, state: 'succeeded', declineCode: null, receivedMinor, receivedCurrency };
  return {
    intent: paid,
    movement: {
      kind: 'payment',
      ref: paid.ref,
      refundKey: null,
      intentRef: paid.ref,
      amountMinor: receivedMinor,
      currency: receivedCurrency,
      atMs: context.nowMs,
      eventId: paid.eventId,
      bookingId: paid.bookingId,
    },
    sends: tell('intent.succeeded', paid, context),
    ...(card.disputes && { steps: [disputeStep(paid, context)] }),
  };
}

function receivedOf({ captures }: Card, amountMinor: number): number {
  switch (captures) {
    case 'half':
      return Math.ceil(amountMinor / 2);
    case 'too_much':
      return amountMinor + 1;
    default:
      return amountMinor;
  }
}

function otherThan(currency: string): string {
  return currency === 'USD' ? 'EUR' : 'USD';
}

function disputeStep(intent: IntentRecord, context: Context): Step {
  return { id: context.newId('sbt'), dueMs: context.after('disputeMs'), intentRef: intent.ref, what: 'dispute', refundRef: null };
}
