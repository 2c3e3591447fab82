import { isPending, isSold } from '../booking-states.ts';
import { ticketsLeft } from '../booking-tickets.ts';
import type { Actor, BookingCommand, ConfirmCommand, ExtendCommand } from '../commands.ts';
import { isOver } from '../event-states.ts';
import type { BookingOutcome, Refusal } from '../outcomes.ts';
import { bookingOf, type Draft } from './draft.ts';
import { bookingFact } from './facts.ts';
import { moveBooking } from './move-booking.ts';
import { awaitPayment, findNoReclaim, receivePayment } from './payment.ts';
import { dispute, settleOwed } from './provider-says.ts';
import { changeOffers } from './offer-tickets.ts';
import { refund } from './refund.ts';
import { findRepeat, register } from './register.ts';
import type { Booking } from './state.ts';
import { sellOffersTo } from './sell-offers.ts';
import { receive } from './transfers.ts';

/** Executes a command on a booking. A command that asks for what is already so succeeds as it stands. */
export function changeBooking(draft: Draft, command: BookingCommand): BookingOutcome | Refusal {
  const booking = bookingOf(draft, command.bookingId);
  // Another buyer's booking is as unknown as none.
  if (!booking || !isOf(command.actor, booking)) return { kind: 'unknown_booking' };
  const repeat = findRepeat(draft, command);
  if (repeat.kind === 'reused') return { kind: 'key_reused' };
  if (repeat.kind === 'executed') return { kind: 'booking', booking, replayed: true, nowMs: draft.nowMs };
  const refusal = execute(draft, booking, command);
  if (refusal) return refusal;
  register(draft, command, booking.id);
  return { kind: 'booking', booking, replayed: false, nowMs: draft.nowMs };
}

function isOf(actor: Actor, booking: Booking): boolean {
  return actor.kind === 'organizer' || actor.buyerKey === booking.buyerKey;
}

function execute(draft: Draft, booking: Booking, command: BookingCommand): Refusal | null {
  switch (command.kind) {
    case 'release':
      return release(draft, booking);
    case 'cancel':
      return cancel(draft, booking, command.actor);
    case 'confirm':
      return confirm(draft, booking, command);
    case 'extend':
      return extend(draft, booking, command);
    case 'await-payment':
      return awaitPayment(draft, booking, command);
    case 'receive-payment':
      return receivePayment(draft, booking, command);
    case 'refund':
      return refund(draft, booking, command);
    case 'settle-owed':
      return settleOwed(draft, booking, command);
    case 'dispute':
      return dispute(draft, booking, command);
    case 'offer':
      return changeOffers(draft, booking, command);
  }
}

function release(draft: Draft, booking: Booking): Refusal | null {
  if (booking.state === 'released') return null;
  if (!isPending(booking.state)) return { kind: 'wrong_state', state: booking.state, move: 'release' };
  moveBooking(draft, booking, { move: 'release' });
  return null;
}

function cancel(draft: Draft, booking: Booking, actor: Actor): Refusal | null {
  if (booking.state === 'cancelled') return null;
  if (!isSold(booking.state)) return { kind: 'wrong_state', state: booking.state, move: 'cancel' };
  // Money that was paid must go back with the tickets; that is not the buyer's to decide.
  if (actor.kind === 'buyer' && booking.totalMinor > 0) return { kind: 'organizer_only', move: 'cancel' };
  const numbers = ticketsLeft(booking);
  moveBooking(draft, booking, { move: 'cancel' });
  draft.changes.revoked.push({ bookingId: booking.id, numbers, reason: 'cancel' });
  return null;
}

function confirm(draft: Draft, booking: Booking, { tender }: ConfirmCommand): Refusal | null {
  if (isSold(booking.state)) return null;
  if (isOver(draft.terms.state)) return { kind: 'not_on_sale', reason: 'event_state', ticketTypeId: null, opensInMs: null };
  if (booking.state === 'expired' && tender !== null)
    return findNoReclaim(draft, booking) ?? sell(draft, booking, { tender, move: 'reclaim' });
  if (!isPending(booking.state)) return { kind: 'wrong_state', state: booking.state, move: 'confirm' };
  if (tender === null && booking.totalMinor > 0) return { kind: 'payment_required', totalMinor: booking.totalMinor };
  return sell(draft, booking, { tender, move: 'confirm' });
}

/** An intent that the provider still has for it is not voided here: what comes by it goes back. */
function sell(draft: Draft, booking: Booking, { tender, move }: { tender: ConfirmCommand['tender']; move: 'confirm' | 'reclaim' }): null {
  if (tender !== null) {
    booking.tender = tender;
    booking.paidMinor = booking.totalMinor;
    receive(draft, booking, tender);
  }
  sellOffersTo(draft, booking);
  moveBooking(draft, booking, { move });
  return null;
}

function extend(draft: Draft, booking: Booking, command: ExtendCommand): Refusal | null {
  if (booking.state !== 'held') return { kind: 'wrong_state', state: booking.state, move: 'extend' };
  if (booking.extended) return { kind: 'already_extended' };
  if (isOver(draft.terms.state)) return { kind: 'not_on_sale', reason: 'event_state', ticketTypeId: null, opensInMs: null };
  const holdLengthMs = booking.expiresAtMs - booking.heldAtMs;
  booking.expiresAtMs += Math.max(0, Math.min(command.extensionMs ?? holdLengthMs, holdLengthMs));
  booking.extended = true;
  draft.changes.changedBookings.add(booking);
  draft.changes.facts.push(bookingFact('booking.extended', booking));
  return null;
}
