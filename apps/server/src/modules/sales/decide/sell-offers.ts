import { invariant } from '../../../platform/invariant.ts';
import { isPending } from '../booking-states.ts';
import { ticketsLeft } from '../booking-tickets.ts';
import { bookingOf, type Draft } from './draft.ts';
import { ticketFact } from './facts.ts';
import { moveBooking } from './move-booking.ts';
import { payBack, priceOf, salesGivenBack } from './refund.ts';
import type { Booking } from './state.ts';
import { planTaken, takenByConfirm, type Taken } from './taken.ts';
import { salesMinorOf } from './transfers.ts';

/** Above the number of every ticket. */
const ALL_OF_A_BOOKING = 0x8000;

/**
 * Sells so many offered places of each type: who offered first is served first. Their tickets are worth nothing from this batch
 * on, and their holders get back what they cost. The places stay sold: they go to whom the caller sells.
 */
export function sellOffers(draft: Draft, wanted: Taken): void {
  const numbersOf = new Map<string, number[]>();
  for (const [ticketTypeId, count] of wanted) {
    const sold = (draft.offers.get(ticketTypeId) ?? []).slice(0, count);
    invariant(sold.length === count, `fewer offers of ${ticketTypeId} were read than are sold`);
    for (const { bookingId, number } of sold) numbersOf.set(bookingId, [...(numbersOf.get(bookingId) ?? []), number]);
  }
  for (const [bookingId, numbers] of numbersOf) {
    const seller = bookingOf(draft, bookingId);
    invariant(seller, `the booking ${bookingId} of an offer was not read`);
    takeBack(
      draft,
      seller,
      numbers.sort((a, b) => a - b),
    );
  }
}

/** Sells what a booking that is about to be confirmed, or to have its places again, cannot have otherwise. */
export function sellOffersTo(draft: Draft, { state, lines }: Booking): void {
  const wanted = isPending(state) ? takenByConfirm(draft, lines) : planTaken(draft, lines);
  if (wanted) sellOffers(draft, wanted);
}

function takeBack(draft: Draft, seller: Booking, numbers: readonly number[]): void {
  const isLast = numbers.length === ticketsLeft(seller).length;
  const refundMinor = payFaceValue(draft, seller, numbers);
  const last = seller.refundedMinor + seller.resaleDueMinor > 0 ? 'refund' : 'cancel';
  moveBooking(draft, seller, { move: isLast ? last : 'refund_part', numbers, isResold: true });
  draft.changes.revoked.push({ bookingId: seller.id, numbers, reason: 'resold' });
  draft.changes.facts.push(ticketFact('ticket.resold', seller, { numbers, refund_minor: refundMinor, currency: seller.currency }));
}

/**
 * What the tickets cost, at most what is left of it; fees and added taxes are kept. While a bank has the payment, nothing can be given
 * back by us as well: it is due when the bank decides for us, and not at all if it gives the money back itself.
 */
function payFaceValue(draft: Draft, seller: Booking, numbers: readonly number[]): number {
  if (seller.paidMinor === 0) return 0;
  const leftMinor = salesMinorOf(seller) - salesGivenBack(seller) - seller.resaleDueMinor;
  const amountMinor = Math.max(0, Math.min(priceOf(seller, numbers), leftMinor));
  const [first = 0] = numbers;
  if (seller.dispute === 'opened') seller.resaleDueMinor += amountMinor;
  else payBack(draft, seller, { id: owedIdOf(seller.id, first), reason: 'resold' }, { amountMinor, extraMinor: 0 });
  return amountMinor;
}

/** What had to wait for the bank is given back. */
export function payResaleDue(draft: Draft, seller: Booking): void {
  const amountMinor = seller.resaleDueMinor;
  seller.resaleDueMinor = 0;
  payBack(draft, seller, { id: owedIdOf(seller.id, ALL_OF_A_BOOKING), reason: 'resold' }, { amountMinor, extraMinor: 0 });
}

/**
 * The id under which it is owed: the booking's, whose first 16 bits are mixed with the number of the first of these tickets.
 * Nothing is hashed between the round trips; a ticket is sold again once at most, so an id is used once; and the other 112 bits come
 * of a hash, so no other booking has them. The booking's own id, the number zero, is that of its void.
 */
function owedIdOf(bookingId: string, number: number): string {
  const mixed = Number.parseInt(bookingId.slice(0, 4), 16) ^ number;
  return `${mixed.toString(16).padStart(4, '0')}${bookingId.slice(4)}`;
}
