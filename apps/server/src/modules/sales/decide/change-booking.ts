import type { Actor, BookingCommand, ConfirmCommand, ExtendCommand, Line } from '../commands.ts';
import type { BookingOutcome, Refusal } from '../outcomes.ts';
import { bookingOf, moveBooking, type Draft } from './draft.ts';
import { bookingFact } from './facts.ts';
import { findShortage } from './fit.ts';
import { findOveruse } from './promo.ts';
import { findRepeat, register } from './register.ts';
import { findBuyerLimit } from './rules.ts';
import type { Booking } from './state.ts';

/** Releases, cancels, confirms or extends a booking. A command that asks for what is already so succeeds as it stands. */
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
  }
}

function release(draft: Draft, booking: Booking): Refusal | null {
  if (booking.state === 'released') return null;
  if (booking.state !== 'held') return { kind: 'wrong_state', state: booking.state, move: 'release' };
  moveBooking(draft, booking, 'release');
  return null;
}

function cancel(draft: Draft, booking: Booking, actor: Actor): Refusal | null {
  if (booking.state === 'cancelled') return null;
  if (booking.state !== 'confirmed') return { kind: 'wrong_state', state: booking.state, move: 'cancel' };
  // Money that was paid must go back with the tickets; that is not the buyer's to decide.
  if (actor.kind === 'buyer' && booking.totalMinor > 0) return { kind: 'organizer_only', move: 'cancel' };
  moveBooking(draft, booking, 'cancel');
  return null;
}

function confirm(draft: Draft, booking: Booking, command: ConfirmCommand): Refusal | null {
  if (booking.state === 'confirmed') return null;
  if (draft.terms.state === 'cancelled') return { kind: 'not_on_sale', reason: 'event_state', ticketTypeId: null, opensInMs: null };
  if (booking.state === 'expired' && command.paid) return reclaim(draft, booking);
  if (booking.state !== 'held') return { kind: 'wrong_state', state: booking.state, move: 'confirm' };
  if (!command.paid && booking.totalMinor > 0) return { kind: 'payment_required', totalMinor: booking.totalMinor };
  moveBooking(draft, booking, 'confirm');
  return null;
}

/** A payment that arrives after the hold has expired takes the stock again, if there is any and the limits allow it. */
function reclaim(draft: Draft, booking: Booking): Refusal | null {
  const lines = sumByTicketType(booking.lines);
  const refusal = findBuyerLimit(draft, booking.buyerKey, lines) ?? findShortage(draft, lines) ?? findPromoOveruse(draft, booking);
  if (refusal) return refusal;
  moveBooking(draft, booking, 'reclaim');
  return null;
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

function extend(draft: Draft, booking: Booking, command: ExtendCommand): Refusal | null {
  if (booking.state !== 'held') return { kind: 'wrong_state', state: booking.state, move: 'extend' };
  if (booking.extended) return { kind: 'already_extended' };
  if (draft.terms.state === 'cancelled') return { kind: 'not_on_sale', reason: 'event_state', ticketTypeId: null, opensInMs: null };
  const holdLengthMs = booking.expiresAtMs - booking.heldAtMs;
  booking.expiresAtMs += Math.max(0, Math.min(command.extensionMs ?? holdLengthMs, holdLengthMs));
  booking.extended = true;
  draft.changes.changedBookings.add(booking);
  draft.changes.facts.push(bookingFact('booking.extended', booking));
  return null;
}
