import type { Booking } from '../../sales/index.ts';
import type { MoneyProblem, MoneyProblemCode } from './money-report.ts';
import type { BookingSum } from './read-money.ts';

const SOLD = ['confirmed', 'partially_refunded'];

/** Compares what a booking says of its money with what the transfers say, of one moment. */
export function checkBookingMoney(booking: Booking, sums: readonly BookingSum[]): MoneyProblem[] {
  const problems: MoneyProblem[] = [];
  const compare = (code: MoneyProblemCode, expected: number, found: number, detail: string): void => {
    if (expected !== found) problems.push(problemOf(code, booking.id, { expected: String(expected), found: String(found), detail }));
  };
  const sum = (kind: string): number => sumOf(sums, booking.currency, kind);
  const paid = sum('payment');
  const isReturned = paid === 0 && booking.paidMinor > 0;
  // Money that could not be kept may be all that was ever paid for a booking: it then says that it was paid and refunded.
  const expectedPaid = isReturned ? booking.refundedMinor : paid;
  compare('booking_paid', expectedPaid, booking.paidMinor, 'What was paid for the booking is not what the transfers say.');
  if (isReturned && sum('return') < booking.paidMinor) {
    compare('booking_paid', sum('return'), booking.paidMinor, 'The booking was paid, and no transfer tells of it.');
  }
  const refunded = sum('refund') + sum('dispute_lost');
  if (!isReturned) compare('booking_refunded', refunded, booking.refundedMinor, 'What went back is not what the transfers say.');
  const disputed = booking.dispute === 'won' ? 0 : sum('dispute') - sum('dispute_won');
  compare('booking_disputed', disputed, booking.disputedMinor, 'What a bank has taken back is not what the transfers say.');
  return [...problems, ...findUnpaid(booking)];
}

/** What was sold before money was kept here has no tender, and says nothing of how it was paid. */
function findUnpaid({ id, state, totalMinor, paidMinor, tender }: Booking): MoneyProblem[] {
  if (!SOLD.includes(state) || tender === null || tender === 'none' || paidMinor === totalMinor) return [];
  const detail = 'The booking is sold, and it is not paid for.';
  return [problemOf('booking_unpaid', id, { expected: String(totalMinor), found: String(paidMinor), detail })];
}

function sumOf(sums: readonly BookingSum[], currency: string, kind: string): number {
  return sums.reduce((sum, one) => (one.kind === kind && one.currency === currency ? sum + one.amountMinor : sum), 0);
}

export function problemOf(
  code: MoneyProblemCode,
  bookingId: string,
  of: Pick<MoneyProblem, 'expected' | 'found' | 'detail'>,
): MoneyProblem {
  return { code, subject: { kind: 'booking', id: bookingId }, ...of };
}
