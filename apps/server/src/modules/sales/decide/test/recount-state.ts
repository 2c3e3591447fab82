import type { Changes, LedgerEntry } from '../changes.ts';
import { leftByLine } from '../../booking-tickets.ts';
import { stockOf } from '../../booking-states.ts';
import type { Booking, SaleState } from '../state.ts';

/** The lines of a booking with the tickets that it still has: its quantity less those that came back. */
function linesLeft(booking: Booking): { ticketTypeId: string; quantity: number }[] {
  const left = leftByLine(booking);
  return booking.lines.map(({ ticketTypeId }, index) => ({ ticketTypeId, quantity: left[index] ?? 0 }));
}

/** Tickets that the known bookings keep in one of the two counters, by ticket type. */
export function countBookings(state: SaleState, stock: 'held' | 'sold'): Map<string, number> {
  const counts = new Map<string, number>();
  for (const booking of state.bookings.values()) {
    if (stockOf(booking.state) !== stock) continue;
    for (const { ticketTypeId, quantity } of linesLeft(booking)) counts.set(ticketTypeId, (counts.get(ticketTypeId) ?? 0) + quantity);
  }
  return counts;
}

/** Tickets that each buyer has by the known bookings, as `buyer type` → tickets; no entry for none. */
export function countBuyers(state: SaleState): Map<string, number> {
  const counts = new Map<string, number>();
  for (const booking of state.bookings.values()) {
    if (stockOf(booking.state) === null) continue;
    for (const { ticketTypeId, quantity } of linesLeft(booking)) {
      const key = `${booking.buyerKey} ${ticketTypeId}`;
      if (quantity > 0) counts.set(key, (counts.get(key) ?? 0) + quantity);
    }
  }
  return counts;
}

/** The buyers' totals in the same form. */
export function listBuyerTotals(state: SaleState): Map<string, number> {
  const totals = new Map<string, number>();
  for (const [buyerKey, ofBuyer] of state.buyerTotals) {
    for (const [typeId, quantity] of ofBuyer) if (quantity !== 0) totals.set(`${buyerKey} ${typeId}`, quantity);
  }
  return totals;
}

export type Sum = { capacity: number; held: number; sold: number; setAside: number };

/** What the ledger says was added to a ticket type or a quota. */
export function sumLedger({ ledger }: Changes, isAbout: (entry: LedgerEntry) => boolean): Sum {
  const sum = { capacity: 0, held: 0, sold: 0, setAside: 0 };
  for (const { delta } of ledger.filter(isAbout)) {
    sum.capacity += delta.capacity;
    sum.held += delta.held;
    sum.sold += delta.sold;
    sum.setAside += delta.setAside;
  }
  return sum;
}

/** Bookings that use each code by the known bookings: as `code`, and as `buyer code` where buyers are counted. */
export function countUses(state: SaleState): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { state: ofBooking, buyerKey, promoCode } of state.bookings.values()) {
    if (promoCode === null || stockOf(ofBooking) === null) continue;
    const isOfBuyers = state.promoCodes.get(promoCode)?.buyerUsesMax !== null;
    for (const key of isOfBuyers ? [promoCode, `${buyerKey} ${promoCode}`] : [promoCode]) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/** The buyers' uses in the same form. */
export function listPromoUses(state: SaleState): Map<string, number> {
  const uses = new Map<string, number>();
  for (const [buyerKey, ofBuyer] of state.promoUses) {
    for (const [code, times] of ofBuyer) if (times !== 0) uses.set(`${buyerKey} ${code}`, times);
  }
  return uses;
}
