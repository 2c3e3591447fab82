import type { Desk, PlaceCommand } from '../commands.ts';
import type { BookingOutcome, Refusal } from '../outcomes.ts';
import { NO_MONEY } from '../money.ts';
import { offerAtDesk } from './desk.ts';
import { addPromoUse, addToBuyer, bookingOf, lastLedgerSeq, moveStock, type Draft } from './draft.ts';
import { bookingFact } from './facts.ts';
import { offerBasket } from './offer-basket.ts';
import type { PricedBasket } from './price-basket.ts';
import type { Booking } from './state.ts';
import { sellOffers } from './sell-offers.ts';
import { planTaken, takeFrom } from './taken.ts';
import { receive } from './transfers.ts';

/** Puts a basket on hold, or sells it at once if it is free and the buyer asks for that. */
export function place(draft: Draft, command: PlaceCommand): BookingOutcome | Refusal {
  const known = bookingOf(draft, command.bookingId);
  if (known) return repeat(draft, known, command);
  const priced = findPrice(draft, command);
  if (priced.kind !== 'priced') return priced;
  const booking = newBooking(draft, command, priced);
  if (command.confirm && !command.desk && booking.totalMinor > 0) return { kind: 'payment_required', totalMinor: booking.totalMinor };
  if (command.desk) takeMoney(draft, booking, command.desk);
  keepStock(draft, booking, command.desk?.fromSetAside ?? false);
  return { kind: 'booking', booking, replayed: false, nowMs: draft.nowMs };
}

function repeat(draft: Draft, booking: Booking, command: PlaceCommand): BookingOutcome | Refusal {
  const isSame = booking.buyerKey === command.buyerKey && booking.fingerprint === command.fingerprint;
  return isSame ? { kind: 'booking', booking, replayed: true, nowMs: draft.nowMs } : { kind: 'key_reused' };
}

/** What the basket costs now; or why it cannot be placed, or not at what the buyer was shown. */
function findPrice(draft: Draft, command: PlaceCommand): PricedBasket | Refusal {
  const { expectedTotalMinor } = command;
  const priced = command.desk ? offerAtDesk(draft, command, command.desk) : offerBasket(draft, command, command.buyerKey);
  if (priced.kind !== 'priced' || expectedTotalMinor === null || expectedTotalMinor === priced.totalMinor) return priced;
  return { kind: 'price_changed', totalMinor: priced.totalMinor };
}

function newBooking(draft: Draft, command: PlaceCommand, { lines, extraMinor, totalMinor, charges }: PricedBasket): Booking {
  return {
    ...NO_MONEY,
    id: command.bookingId,
    buyerKey: command.buyerKey,
    fingerprint: command.fingerprint,
    state: command.confirm ? 'confirmed' : 'held',
    lines,
    quantity: lines.reduce((sum, line) => sum + line.quantity, 0),
    totalMinor,
    extraMinor,
    charges,
    promoCode: command.promoCode,
    currency: draft.state.head.currency,
    heldAtMs: draft.nowMs,
    expiresAtMs: draft.nowMs + draft.terms.holdLengthMs,
    extended: false,
    confirmedAtMs: command.confirm ? draft.nowMs : null,
    closedAtMs: null,
    ledgerSeq: 0,
    returned: [],
    offers: [],
  };
}

function takeMoney(draft: Draft, booking: Booking, { tender }: Desk): void {
  booking.tender = tender;
  if (tender === 'none') return;
  booking.paidMinor = booking.totalMinor;
  receive(draft, booking, tender);
}

function keepStock(draft: Draft, booking: Booking, fromSetAside: boolean): void {
  const isSold = booking.state === 'confirmed';
  const wanted = fromSetAside ? null : planTaken(draft, booking.lines);
  if (wanted && isSold) sellOffers(draft, wanted);
  for (const { ticketTypeId, quantity } of booking.lines) {
    const taken = wanted && !isSold ? takeFrom(wanted, ticketTypeId, quantity) : 0;
    const delta = { capacity: 0, held: isSold ? 0 : quantity - taken, sold: isSold ? quantity : 0, setAside: fromSetAside ? -quantity : 0 };
    moveStock(draft, { kind: isSold ? 'sell' : 'hold', bookingId: booking.id, ticketTypeId, delta, taken });
    addToBuyer(draft, booking.buyerKey, ticketTypeId, quantity);
  }
  if (booking.promoCode !== null) addPromoUse(draft, { code: booking.promoCode, buyerKey: booking.buyerKey, uses: 1 });
  booking.ledgerSeq = lastLedgerSeq(draft);
  draft.bookings.set(booking.id, booking);
  draft.changes.newBookings.push(booking);
  if (isSold) draft.changes.issued.push(booking);
  draft.changes.facts.push(bookingFact(`booking.${booking.state}`, booking));
}
