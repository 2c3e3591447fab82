import { countByLine, leftByLine, ticketsLeft } from '../booking-tickets.ts';
import { isSold, nextState, stockOf, type BookingMove, type BookingState } from '../booking-states.ts';
import { invariant } from '../../../platform/invariant.ts';
import type { Fact } from '../../../platform/facts/index.ts';
import type { StockDelta } from './changes.ts';
import { endOffers } from './end-offers.ts';
import { addPromoUse, addToBuyer, lastLedgerSeq, moveStock, type Draft } from './draft.ts';
import { bookingFact } from './facts.ts';
import type { Booking } from './state.ts';
import { takeFrom, takenByConfirm, takenByRelease, type Taken } from './taken.ts';

export type Move = {
  move: BookingMove;
  /** The tickets that come back, where not all of them do that are left. */
  numbers?: readonly number[];
  /** Whether what comes back is kept from the public. */
  toSetAside?: boolean;
  /** Whether the places of what comes back are sold already. */
  isResold?: boolean;
};

/** Moves a booking along its states, with its stock, the buyer's totals, the ledger and the fact. */
export function moveBooking(draft: Draft, booking: Booking, { move, numbers, toSetAside = false, isResold = false }: Move): void {
  const to = nextState(booking.state, move);
  invariant(to, `a ${booking.state} booking cannot ${move}`);
  const from = booking.state;
  if (stockOf(from) !== stockOf(to) || move === 'refund_part')
    moveStockOf(draft, booking, { move, from, to, numbers, toSetAside, isResold });
  booking.state = to;
  if (isSold(to) && !isSold(from)) {
    booking.confirmedAtMs = draft.nowMs;
    draft.changes.issued.push(booking);
  }
  booking.closedAtMs = stockOf(to) === null ? draft.nowMs : null;
  if (from === 'awaiting_payment' && stockOf(to) === null && move !== 'refuse') oweVoid(draft, booking);
  noteBooking(draft, booking, bookingFact(`booking.${to}`, booking));
}

/** Writes a booking that has changed, and tells of it. */
export function noteBooking(draft: Draft, booking: Booking, fact: Fact): void {
  draft.changes.changedBookings.add(booking);
  draft.changes.facts.push(fact);
}

type StockMoveOf = Required<Omit<Move, 'numbers'>> & { from: BookingState; to: BookingState; numbers: readonly number[] | undefined };

function moveStockOf(draft: Draft, booking: Booking, { move, from, to, numbers, toSetAside, isResold }: StockMoveOf): void {
  invariant(move !== 'await', 'whoever goes to pay keeps the stock as it is');
  const counts = numbers ? countByLine(booking.lines, numbers) : leftByLine(booking);
  const isPart = move === 'refund_part';
  const before = stockOf(from);
  const after = isPart ? null : stockOf(to);
  const buyerSign = Number(after !== null) - Number(before !== null);
  const waiting = before === 'held' ? waitingOf(draft, booking, after) : null;
  if (before === 'sold') endOffers(draft, booking, numbers ?? ticketsLeft(booking), { isWithdrawn: false });
  booking.lines.forEach(({ ticketTypeId }, index) => {
    const quantity = counts[index] ?? 0;
    const delta: StockDelta = { capacity: 0, held: 0, sold: 0, setAside: 0 };
    if (before) delta[before] -= quantity;
    if (after) delta[after] += quantity;
    const waited = waiting ? takeFrom(waiting, ticketTypeId, quantity) : 0;
    const stranded = before === 'sold' && !isResold ? Math.min(quantity, strandedOf(draft, ticketTypeId)) : 0;
    delta.held += waited + stranded;
    if (toSetAside) delta.setAside += quantity - stranded;
    moveStock(draft, { kind: move, bookingId: booking.id, ticketTypeId, delta, taken: -(waited + stranded) });
    if (buyerSign !== 0 && quantity > 0) addToBuyer(draft, booking.buyerKey, ticketTypeId, buyerSign * quantity);
  });
  if (booking.promoCode !== null && buyerSign !== 0 && !isPart) {
    addPromoUse(draft, { code: booking.promoCode, buyerKey: booking.buyerKey, uses: buyerSign });
  }
  if (before === 'sold') booking.returned = [...booking.returned, ...(numbers ?? ticketsLeft(booking))].sort((a, b) => a - b);
  booking.ledgerSeq = lastLedgerSeq(draft);
}

function waitingOf(draft: Draft, { lines }: Booking, after: ReturnType<typeof stockOf>): Taken | null {
  return after === null ? takenByRelease(draft, lines) : takenByConfirm(draft, lines);
}

/** Holds that waited for offers which are no more: they keep the places of the tickets that came back, and are holds like all others. */
function strandedOf(draft: Draft, ticketTypeId: string): number {
  const ticketType = draft.ticketTypes.get(ticketTypeId);
  return ticketType ? Math.max(0, ticketType.taken - ticketType.offered) : 0;
}

/** A payment that may still be made is made impossible; what was made in the meantime comes as a late one. */
function oweVoid(draft: Draft, { id, paymentRef, totalMinor, currency }: Booking): void {
  if (paymentRef === null) return;
  draft.changes.owed.push({ id, kind: 'void', bookingId: id, paymentRef, amountMinor: totalMinor, currency, reason: 'not_paid' });
}
