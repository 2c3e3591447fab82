import { ticketsLeft } from '../booking-tickets.ts';
import { isSold } from '../booking-states.ts';
import type { DisputeCommand, SettleOwedCommand } from '../commands.ts';
import type { Refusal } from '../outcomes.ts';
import type { Draft } from './draft.ts';
import { bookingFact } from './facts.ts';
import { moveBooking, noteBooking } from './move-booking.ts';
import { payResaleDue } from './sell-offers.ts';
import type { Booking } from './state.ts';
import { giveBack, salesMinorOf, transfer } from './transfers.ts';

/** What was owed to the provider is done, or it says that it cannot be done; then the money stays owed. */
export function settleOwed(draft: Draft, booking: Booking, { owed, isDone }: SettleOwedCommand): Refusal | null {
  draft.changes.settled.push({ owedId: owed.id, isDone });
  if (owed.kind === 'void') return null;
  if (isDone) transfer(draft, booking, { kind: 'refund_done', debit: 'owed', credit: 'provider' }, owed);
  noteBooking(draft, booking, bookingFact(isDone ? 'refund.done' : 'refund.failed', booking));
  return null;
}

/**
 * A bank takes a payment back: its money is disputed until the bank says who has it. A dispute that is lost ends the booking:
 * its tickets are worth nothing and its stock is there again. News may come in any order, and what is closed stays closed.
 */
export function dispute(draft: Draft, booking: Booking, { status, amountMinor, currency }: DisputeCommand): Refusal | null {
  if (booking.dispute !== null && (booking.dispute !== 'opened' || status === 'opened')) return null;
  if (booking.dispute === null) {
    transfer(draft, booking, { kind: 'dispute', debit: 'disputed', credit: 'provider' }, { amountMinor, currency });
    booking.disputedMinor = amountMinor;
  }
  booking.dispute = status;
  if (status === 'won') {
    transfer(
      draft,
      booking,
      { kind: 'dispute_won', debit: 'provider', credit: 'disputed' },
      { amountMinor: booking.disputedMinor, currency },
    );
    booking.disputedMinor = 0;
    payResaleDue(draft, booking);
  }
  if (status === 'lost') loseDispute(draft, booking);
  else noteBooking(draft, booking, bookingFact(`dispute.${status}`, booking));
  return null;
}

/**
 * What was refunded before the bank spoke is lost twice: it stays disputed, for the organizer to settle with the bank. So does
 * a payment that was returned since the booking was paid for at a desk.
 */
function loseDispute(draft: Draft, booking: Booking): void {
  // The bank gives it back, with all the rest.
  booking.resaleDueMinor = 0;
  const isByCard = booking.tender === 'card';
  if (isByCard) takeBack(draft, booking);
  if (!isByCard || !isSold(booking.state)) {
    noteBooking(draft, booking, bookingFact('dispute.lost', booking));
    return;
  }
  const numbers = ticketsLeft(booking);
  moveBooking(draft, booking, { move: 'cancel', numbers });
  draft.changes.revoked.push({ bookingId: booking.id, numbers, reason: 'dispute' });
}

/** What the bank keeps is no income any more, at most what is left of it. */
function takeBack(draft: Draft, booking: Booking): void {
  const amountMinor = Math.min(booking.disputedMinor, booking.paidMinor - booking.refundedMinor);
  const salesLeft = salesMinorOf(booking) - (booking.refundedMinor - booking.refundedExtraMinor);
  const extraMinor = Math.min(amountMinor, Math.max(0, amountMinor - salesLeft));
  giveBack(draft, booking, { amountMinor, extraMinor, from: 'disputed', kind: 'dispute_lost' });
}
