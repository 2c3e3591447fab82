import type { IntentStanding, Refund } from '../provider.ts';
import type { IntentRecord, RefundRecord } from './records.ts';

/** How an intent stands, for those it is told to. */
export function standingOf(intent: IntentRecord): IntentStanding {
  return {
    ref: intent.ref,
    state: intent.state,
    amountMinor: intent.amountMinor,
    currency: currencyOf(intent),
    receivedMinor: intent.receivedMinor,
    refundedMinor: intent.refundedMinor,
    disputedMinor: isDisputed(intent) ? intent.dispute.amountMinor : 0,
    declineCode: intent.declineCode,
    eventId: intent.eventId,
    bookingId: intent.bookingId,
  };
}

export function refundOf(refund: RefundRecord, intent: IntentRecord): Refund {
  const { ref, key, intentRef, state, amountMinor } = refund;
  return { ref, key, intentRef, state, amountMinor, currency: currencyOf(intent) };
}

export function currencyOf(intent: IntentRecord): string {
  return intent.receivedCurrency ?? intent.currency;
}

/** Whether the buyer's bank has the money, for now or for good. */
export function isDisputed(intent: IntentRecord): intent is IntentRecord & { dispute: NonNullable<IntentRecord['dispute']> } {
  return intent.dispute !== null && intent.dispute.state !== 'won';
}
