import type { PlaceCommand } from '../commands.ts';
import type { BookingOutcome, Refusal } from '../outcomes.ts';
import { addToBuyer, bookingOf, lastLedgerSeq, moveStock, type Draft } from './draft.ts';
import { bookingFact } from './facts.ts';
import { findShortage } from './fit.ts';
import { findBuyerLimit, findClosed, findBasketLimit } from './rules.ts';
import type { Booking } from './state.ts';

/** Puts a basket on hold, or sells it at once if it is free and the buyer asks for that. */
export function place(draft: Draft, command: PlaceCommand): BookingOutcome | Refusal {
  const known = bookingOf(draft, command.bookingId);
  if (known) return repeat(draft, known, command);
  const refusal = findRefusal(draft, command);
  if (refusal) return refusal;
  const booking = newBooking(draft, command);
  if (command.confirm && booking.totalMinor > 0) return { kind: 'payment_required', totalMinor: booking.totalMinor };
  keepStock(draft, booking);
  return { kind: 'booking', booking, replayed: false, nowMs: draft.nowMs };
}

function repeat(draft: Draft, booking: Booking, command: PlaceCommand): BookingOutcome | Refusal {
  const isSame = booking.buyerKey === command.buyerKey && booking.fingerprint === command.fingerprint;
  return isSame ? { kind: 'booking', booking, replayed: true, nowMs: draft.nowMs } : { kind: 'key_reused' };
}

function findRefusal(draft: Draft, command: PlaceCommand): Refusal | null {
  return (
    findClosed(draft, command) ??
    findBasketLimit(draft, command.lines) ??
    findBuyerLimit(draft, command.buyerKey, command.lines) ??
    findShortage(draft, command.lines)
  );
}

function newBooking(draft: Draft, command: PlaceCommand): Booking {
  const lines = command.lines.map((line) => ({ ...line, unitPriceMinor: draft.ticketTypes.get(line.ticketTypeId)?.terms.priceMinor ?? 0 }));
  return {
    id: command.bookingId,
    buyerKey: command.buyerKey,
    fingerprint: command.fingerprint,
    state: command.confirm ? 'confirmed' : 'held',
    lines,
    quantity: lines.reduce((sum, line) => sum + line.quantity, 0),
    totalMinor: lines.reduce((sum, line) => sum + line.quantity * line.unitPriceMinor, 0),
    currency: draft.state.head.currency,
    heldAtMs: draft.nowMs,
    expiresAtMs: draft.nowMs + draft.terms.holdLengthMs,
    extended: false,
    confirmedAtMs: command.confirm ? draft.nowMs : null,
    closedAtMs: null,
    ledgerSeq: 0,
  };
}

function keepStock(draft: Draft, booking: Booking): void {
  const isSold = booking.state === 'confirmed';
  for (const { ticketTypeId, quantity } of booking.lines) {
    const delta = { capacity: 0, held: isSold ? 0 : quantity, sold: isSold ? quantity : 0, setAside: 0 };
    moveStock(draft, { kind: isSold ? 'sell' : 'hold', bookingId: booking.id, ticketTypeId, delta });
    addToBuyer(draft, booking.buyerKey, ticketTypeId, quantity);
  }
  booking.ledgerSeq = lastLedgerSeq(draft);
  draft.bookings.set(booking.id, booking);
  draft.changes.newBookings.push(booking);
  draft.changes.facts.push(bookingFact(`booking.${booking.state}`, booking));
}
