import { ProviderRefused, type Intent, type IntentOrder, type PaymentProvider } from '../../engines/payments/index.ts';
import { formatCellId, uuidFromText } from '../../platform/ids/index.ts';
import { awaitPayment, readBooking, type Booking, type BookingOutcome, type Refusal } from '../sales/index.ts';
import type { Payments } from './context.ts';
import type { Answered, Unavailable } from './provider-gate.ts';
import { isMixed } from './receive-payment.ts';

export type BeginPayment = { eventId: string; bookingId: string; buyerKey: string };

export type Begun = {
  kind: 'begun';
  outcome: BookingOutcome;
  /** Null where there is nothing to be paid any more: this is a repeat. */
  intent: Intent | null;
};
export type BeginRefusal = Refusal | Unavailable | { kind: 'not_possible' };

/**
 * Takes a buyer to pay for what they hold: first the intent is made at the provider, one for each booking for ever, then the sale
 * hears of it. Between the two nothing of ours is locked; a crash there leaves an intent that nobody was given. Rejects as
 * `Lanes.submit` does.
 */
export async function beginPayment(payments: Payments, request: BeginPayment): Promise<Begun | BeginRefusal> {
  const { eventId, bookingId, buyerKey } = request;
  const found = await readBooking(payments.sales, { eventId, bookingId });
  if (found?.booking.buyerKey !== buyerKey) return { kind: 'unknown_booking' };
  const { booking, nowMs } = found;
  if (!isToBePaid(booking, nowMs)) return refuseOrRepeat(payments, request, booking);
  if (booking.totalMinor === 0) return { kind: 'nothing_to_pay' };
  if (await isMixed(payments, eventId)) return { kind: 'not_possible' };
  await payments.beforePayment({ eventId, bookingId, lines: booking.lines });
  const made = await makeIntent(payments, request, booking);
  if (made.kind !== 'answered') return made;
  const intent = made.result;
  const outcome = await awaitPayment(payments.sales, { ...request, paymentRef: intent.ref });
  return outcome.kind === 'booking' ? { kind: 'begun', outcome, intent } : outcome;
}

function isToBePaid({ state, expiresAtMs }: Booking, nowMs: number): boolean {
  return (state === 'held' || state === 'awaiting_payment') && expiresAtMs > nowMs;
}

/** A repeat, after it was paid, is answered with the booking as it stands; anything else is too late. */
async function refuseOrRepeat({ sales }: Payments, request: BeginPayment, { paymentRef, state }: Booking): Promise<Begun | BeginRefusal> {
  const isPaid = state === 'confirmed' || state === 'partially_refunded';
  if (paymentRef === null || !isPaid) return { kind: 'wrong_state', state: state === 'held' ? 'expired' : state, move: 'pay' };
  const outcome = await awaitPayment(sales, { ...request, paymentRef });
  return outcome.kind === 'booking' ? { kind: 'begun', outcome, intent: null } : outcome;
}

type Made = Answered<Intent> | Unavailable | { kind: 'not_possible' };

/** The key is the booking's own: whoever asks again, on whatever server, gets the same intent. */
async function makeIntent(payments: Payments, { eventId, bookingId }: BeginPayment, booking: Booking): Promise<Made> {
  const id = formatCellId('bkg', eventId, bookingId);
  const { totalMinor: amountMinor, currency } = booking;
  const returnUrl = `${payments.publicUrl}/bookings/${id}`;
  const order = { key: `booking-${bookingId}`, amountMinor, currency, eventId, bookingId, description: id, returnUrl };
  try {
    return await ask(payments, (provider) => provider.createIntent(order));
  } catch (error) {
    if (!(error instanceof ProviderRefused)) throw error;
    return error.code === 'key_reused' ? findIntent(payments, order, booking) : { kind: 'not_possible' };
  }
}

/**
 * The intent was made when something of its order was another: the address of this installation. Where the sale has not heard of it
 * nobody was ever given it, since whoever made it died before: then another one is made, one for each address.
 */
async function findIntent(payments: Payments, order: IntentOrder & { returnUrl: string }, { paymentRef }: Booking): Promise<Made> {
  if (paymentRef === null) {
    const key = `${order.key}-${uuidFromText(order.returnUrl)}`;
    return ask(payments, (provider) => provider.createIntent({ ...order, key }));
  }
  const answer = await ask(payments, (provider) => provider.readIntent(paymentRef));
  if (answer.kind !== 'answered') return answer;
  return answer.result ? { kind: 'answered', result: answer.result } : { kind: 'not_possible' };
}

async function ask<Result>({ gate, metrics }: Payments, work: (provider: PaymentProvider) => Promise<Result>) {
  const answer = await gate.ask(work);
  if (answer.kind === 'unavailable') metrics.unavailable();
  return answer;
}
