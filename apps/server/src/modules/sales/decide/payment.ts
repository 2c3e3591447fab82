import { isPending, isSold, nextState } from '../booking-states.ts';
import type { AwaitPaymentCommand, Line, ReceivePaymentCommand } from '../commands.ts';
import { isOver } from '../event-states.ts';
import type { Refusal } from '../outcomes.ts';
import type { Draft } from './draft.ts';
import { bookingFact } from './facts.ts';
import { findShortage } from './fit.ts';
import { moveBooking, noteBooking } from './move-booking.ts';
import { findOveruse } from './promo.ts';
import { findBuyerLimit } from './rules.ts';
import type { Booking } from './state.ts';
import { sellOffersTo } from './sell-offers.ts';
import { receive, transfer } from './transfers.ts';

/**
 * The buyer goes to pay. Once, the booking is kept as long again as a hold lasts: a price that is paid slowly, by a
 * bank's second factor, is worth no less.
 */
export function awaitPayment(draft: Draft, booking: Booking, { paymentRef }: AwaitPaymentCommand): Refusal | null {
  if (booking.state === 'awaiting_payment' && booking.paymentRef === paymentRef) return null;
  if (booking.state !== 'held') return { kind: 'wrong_state', state: booking.state, move: 'pay' };
  if (booking.totalMinor === 0) return { kind: 'nothing_to_pay' };
  if (isOver(draft.terms.state)) return { kind: 'not_on_sale', reason: 'event_state', ticketTypeId: null, opensInMs: null };
  booking.paymentRef = paymentRef;
  booking.tender = 'card';
  if (!booking.extended) {
    const lengthMs = booking.expiresAtMs - booking.heldAtMs;
    booking.expiresAtMs = Math.max(booking.expiresAtMs, draft.nowMs + lengthMs);
    booking.extended = true;
  }
  moveBooking(draft, booking, { move: 'await' });
  return null;
}

/**
 * The provider has money for a booking. It is confirmed if that is what it costs and there is stock for it; else the money
 * goes back, and the booking with it unless it is sold already. So a payment is never refused, only kept or returned.
 */
export function receivePayment(draft: Draft, booking: Booking, command: ReceivePaymentCommand): Refusal | null {
  const isWhole = command.receivedMinor === booking.totalMinor && command.currency === booking.currency;
  const isOwn = booking.paymentRef === null || booking.paymentRef === command.paymentRef;
  const move = isWhole && isOwn ? moveByPayment(draft, booking) : null;
  if (move) sell(draft, booking, { ...command, move });
  else returnMoney(draft, booking, command);
  return null;
}

/** How a booking is sold to whom has paid for it, or null if it cannot be. */
function moveByPayment(draft: Draft, booking: Booking): 'confirm' | 'reclaim' | null {
  if (isOver(draft.terms.state) || booking.dispute === 'lost') return null;
  if (isPending(booking.state)) return 'confirm';
  return booking.state === 'expired' && !findNoReclaim(draft, booking) ? 'reclaim' : null;
}

function sell(
  draft: Draft,
  booking: Booking,
  { paymentRef, receivedMinor, move }: ReceivePaymentCommand & { move: 'confirm' | 'reclaim' },
): void {
  booking.paymentRef = paymentRef;
  booking.tender = 'card';
  booking.paidMinor = receivedMinor;
  receive(draft, booking, 'provider');
  sellOffersTo(draft, booking);
  moveBooking(draft, booking, { move });
}

function returnMoney(draft: Draft, booking: Booking, { commandId, paymentRef, receivedMinor, currency }: ReceivePaymentCommand): void {
  const money = { amountMinor: receivedMinor, currency };
  transfer(draft, booking, { kind: 'return', debit: 'provider', credit: 'owed' }, money);
  draft.changes.owed.push({ id: commandId, kind: 'refund', bookingId: booking.id, paymentRef, ...money, reason: 'not_kept' });
  const isItsOwn = currency === booking.currency && (booking.paymentRef === null || booking.paymentRef === paymentRef);
  // What is sold was paid for otherwise, or is free: its books are not those of money that only passes through.
  if (isItsOwn && booking.paidMinor === 0 && !isSold(booking.state)) {
    booking.paymentRef = paymentRef;
    booking.tender = 'card';
    booking.paidMinor = receivedMinor;
    booking.refundedMinor = receivedMinor;
  }
  if (nextState(booking.state, 'refuse')) moveBooking(draft, booking, { move: 'refuse' });
  else noteBooking(draft, booking, bookingFact('payment.returned', booking));
}

/** Why an expired booking cannot have its stock again, or null if it can. */
export function findNoReclaim(draft: Draft, booking: Booking): Refusal | null {
  const lines = sumByTicketType(booking.lines);
  return findBuyerLimit(draft, booking.buyerKey, lines) ?? findShortage(draft, lines) ?? findPromoOveruse(draft, booking);
}

/** Tickets of one type stand in several lines where a tier ended within them. */
function sumByTicketType(lines: readonly Line[]): Line[] {
  const quantities = new Map<string, number>();
  for (const { ticketTypeId, quantity } of lines) quantities.set(ticketTypeId, (quantities.get(ticketTypeId) ?? 0) + quantity);
  return [...quantities].map(([ticketTypeId, quantity]) => ({ ticketTypeId, quantity }));
}

/** The price that was held stays, whatever became of the code; only its uses are limited. */
function findPromoOveruse(draft: Draft, { promoCode, buyerKey }: Booking): Refusal | null {
  const promo = promoCode === null ? undefined : draft.promoCodes.get(promoCode);
  return promo ? findOveruse(draft, promo, buyerKey) : null;
}
