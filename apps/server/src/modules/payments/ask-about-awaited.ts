import { readBookings } from '../sales/index.ts';
import type { Awaited } from './awaited-payments.ts';
import type { Payments } from './context.ts';
import { receivePayment } from './receive-payment.ts';

/** Asks the provider about a payment whose notification may be lost. Whatever fails here is made good when the booking expires. */
export async function askAboutAwaited(payments: Payments, { eventId, bookingId }: Awaited): Promise<void> {
  const { bookings } = await readBookings(payments.sales, { eventId, bookingIds: [bookingId] });
  const [booking] = bookings;
  if (booking?.state !== 'awaiting_payment' || booking.paymentRef === null) return;
  const { paymentRef } = booking;
  const answer = await payments.gate.ask((provider) => provider.readIntent(paymentRef));
  if (answer.kind === 'unavailable') payments.metrics.unavailable();
  else if (answer.result?.state === 'succeeded') await receivePayment(payments, answer.result);
}
