import type { IntentStanding } from '../../engines/payments/index.ts';
import { receivePayment as receive, type BookingOutcome } from '../sales/index.ts';
import type { Payments } from './context.ts';
import { note } from './note.ts';
import { parseOrderIds } from './parse-order-ids.ts';

export type Received = BookingOutcome | { kind: 'noted' };

/**
 * An intent that is paid, whoever said so: a notification, or our own asking. The lane keeps the money or owes it back; what it
 * cannot know a booking for is noted, for the money is there. Rejects where the lane does not answer: then it is to be told again.
 */
export async function receivePayment(payments: Payments, intent: IntentStanding): Promise<Received> {
  const { ref, receivedMinor, currency } = intent;
  const ids = parseOrderIds(intent);
  if (receivedMinor <= 0) return noted('not_understood', 'A payment came in without any money.');
  if (!ids) return noted('not_understood', 'A payment came in that names no booking of ours.');
  if (await isMixed(payments, ids.eventId)) return noted('test_and_live', 'Money came in for an event that is there to try things out.');
  const outcome = await receive(payments.sales, { ...ids, paymentRef: ref, receivedMinor, currency });
  switch (outcome.kind) {
    case 'booking':
      // It is committed: whoever waits for the tickets finds them.
      payments.news.tell(ids.bookingId);
      if (isOther(outcome, intent)) await noted('other_amount', 'A payment was told again with another amount.');
      return outcome;
    case 'unknown_event':
    case 'unknown_booking':
      return noted('unknown_booking', 'A payment came in for a booking that is not there.');
    default:
      return noted('not_understood', `A payment came in that the sale refused: ${outcome.kind}.`);
  }

  async function noted(reason: Parameters<typeof note>[1]['reason'], detail: string): Promise<Received> {
    await note(payments, { reason, subject: `${ref}\n${receivedMinor}\n${currency}`, intent, amountMinor: receivedMinor, detail });
    return { kind: 'noted' };
  }
}

/** What was said of a payment first counts. */
function isOther({ booking, replayed }: BookingOutcome, { ref, receivedMinor }: IntentStanding): boolean {
  return replayed && booking.paymentRef === ref && booking.paidMinor > 0 && booking.paidMinor !== receivedMinor;
}

/** Asked only where money moves: everything in a sandbox is a trial. */
export async function isMixed({ gate, isTestEvent }: Pick<Payments, 'gate' | 'isTestEvent'>, eventId: string): Promise<boolean> {
  return !gate.provider.isSandbox && (await isTestEvent(eventId));
}
