import type { BuyerTally } from './buyer-tally.ts';
import { bookingsBy } from './ledger-moves.ts';
import type { AuditedBooking } from './read-bookings.ts';
import type { LedgerRow } from './read-ledger.ts';
import { EVERYBODY, type PromoUseRow } from './read-promo-uses.ts';

/** Behind every code: codes are of ASCII, and in the order of its bytes here as in PostgreSQL. */
const BEHIND_ALL = '\uffff';

/** Uses of promo codes by two witnesses, bookings and counters, as far as the two cursors have come. */
export type UseCount = { codesUpTo: string; buyersUpTo: string; lastMove: string; readonly tally: BuyerTally };

export function beginUses(tally: BuyerTally): UseCount {
  return { codesUpTo: '', buyersUpTo: '', lastMove: '', tally };
}

/** Counts a booking that is held or confirmed once, whatever it consists of. */
export function countBookingUse(
  { tally }: UseCount,
  booking: Pick<AuditedBooking, 'buyerKey' | 'promoCode' | 'countsBuyer'>,
  uses: number,
): void {
  if (booking.promoCode === null) return;
  tally.addBooked(EVERYBODY, booking.promoCode, uses);
  if (booking.countsBuyer) tally.addBooked(booking.buyerKey, booking.promoCode, uses);
}

/** Brings what has been counted forward by an entry. A move writes an entry for each line and is one use more or fewer. */
export function rollUse(count: UseCount, row: LedgerRow, isBookingCounted: boolean): void {
  const { buyerKey, promoCode, countsBuyer } = row;
  const move = `${row.bookingId} ${row.kind}`;
  const isNew = move !== count.lastMove;
  count.lastMove = move;
  if (!isNew || buyerKey === null || promoCode === null) return;
  const uses = bookingsBy(row.kind);
  if (isBookingCounted) countBookingUse(count, { buyerKey, promoCode, countsBuyer }, uses);
  if (promoCode <= count.codesUpTo) count.tally.addTotal(EVERYBODY, promoCode, uses);
  if (countsBuyer && buyerKey + promoCode <= count.buyersUpTo) count.tally.addTotal(buyerKey, promoCode, uses);
}

/** Adds a page of counters to what they say; answers how far they are counted then. */
export function countPage({ tally }: UseCount, uses: readonly PromoUseRow[], pageMax: number): string {
  for (const row of uses) tally.addTotal(row.buyerKey, row.code, row.uses);
  const last = uses.at(-1);
  return last && uses.length === pageMax ? last.buyerKey + last.code : BEHIND_ALL;
}

export function isCounted(upTo: string): boolean {
  return upTo === BEHIND_ALL;
}
