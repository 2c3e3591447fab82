import type { Intent } from '../../engines/payments/index.ts';
import { readBooking, type Booking } from '../sales/index.ts';
import type { Payments } from './context.ts';
import { receivePayment } from './receive-payment.ts';

export type PaymentView = { booking: Booking; nowMs: number; intent: Intent | null };

type Asked = { eventId: string; bookingId: string; buyerKey: string };

/**
 * How the payment of a booking stands; null where the buyer has no such booking. While it is awaited the provider is asked, and a
 * success is taken in as if it had been notified: no buyer is left not knowing because a notification was lost.
 */
export async function readPayment(payments: Payments, asked: Asked): Promise<PaymentView | null> {
  const found = await readOwn(payments, asked);
  if (!found || !isAwaited(found.booking)) return found && { ...found, intent: null };
  const intent = await askForIntent(payments, found.booking.paymentRef);
  if (intent?.state !== 'succeeded') return { ...found, intent };
  const received = await receivePayment(payments, intent);
  if (received.kind === 'booking') return { booking: received.booking, nowMs: received.nowMs, intent: null };
  return { ...found, intent: null };
}

function isAwaited(booking: Booking): booking is Booking & { paymentRef: string } {
  return booking.state === 'awaiting_payment' && booking.paymentRef !== null;
}

async function readOwn({ sales }: Payments, { eventId, bookingId, buyerKey }: Asked) {
  const found = await readBooking(sales, { eventId, bookingId });
  return found?.booking.buyerKey === buyerKey ? found : null;
}

/** Null where the provider is away: the booking is answered as it stands. */
async function askForIntent({ gate, metrics, recentIntents }: Payments, paymentRef: string): Promise<Intent | null> {
  const recent = recentIntents.find(paymentRef);
  if (recent !== undefined) return recent;
  const answer = await gate.ask((provider) => provider.readIntent(paymentRef));
  if (answer.kind === 'answered') {
    recentIntents.keep(paymentRef, answer.result);
    return answer.result;
  }
  metrics.unavailable();
  return null;
}
