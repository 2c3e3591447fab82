import { countByLine, ticketsLeft } from '../booking-tickets.ts';
import { isSold } from '../booking-states.ts';
import type { RefundCommand } from '../commands.ts';
import type { Account } from '../money.ts';
import type { Refusal } from '../outcomes.ts';
import type { Draft } from './draft.ts';
import { moveBooking } from './move-booking.ts';
import type { Booking } from './state.ts';
import { giveBack, salesMinorOf } from './transfers.ts';

/** Gives tickets, money or both back. What the provider has to pay is owed from this batch on. */
export function refund(draft: Draft, booking: Booking, command: RefundCommand): Refusal | null {
  if (!isSold(booking.state)) return { kind: 'wrong_state', state: booking.state, move: 'refund' };
  if (booking.dispute === 'opened') return { kind: 'disputed' };
  const left = ticketsLeft(booking);
  const numbers = command.tickets === 'all' ? left : [...new Set(command.tickets)].sort((a, b) => a - b);
  const refusal = findWrongTicket(booking, numbers, left);
  if (refusal) return refusal;
  const isLast = numbers.length === left.length;
  const due = dueFor(booking, numbers, command);
  const possibleMinor = booking.paidMinor - booking.refundedMinor;
  if (due.amountMinor > possibleMinor) return { kind: 'refund_too_high', possibleMinor };
  if (numbers.length === 0 && due.amountMinor === 0) return { kind: 'nothing_to_refund' };
  payBack(draft, booking, { id: command.commandId, reason: command.reason }, due);
  const move = !isLast ? 'refund_part' : booking.refundedMinor > 0 ? 'refund' : 'cancel';
  moveBooking(draft, booking, { move, numbers, toSetAside: !command.restock });
  if (numbers.length > 0) draft.changes.revoked.push({ bookingId: booking.id, numbers, reason: 'refund' });
  return null;
}

export function findWrongTicket({ quantity }: Booking, numbers: readonly number[], left: readonly number[]): Refusal | null {
  const unknown = numbers.find((number) => !Number.isInteger(number) || number < 1 || number > quantity);
  if (unknown !== undefined) return { kind: 'unknown_ticket', number: unknown };
  const gone = numbers.find((number) => !left.includes(number));
  return gone === undefined ? null : { kind: 'ticket_returned', number: gone };
}

type Due = { amountMinor: number; extraMinor: number };

/**
 * What goes back: what was asked for, or what these tickets cost, at most what is left of what was paid. Of fees and added
 * taxes a ticket bears the share that its price has in all of them: what was kept of another ticket stays kept.
 */
function dueFor(booking: Booking, numbers: readonly number[], { amountMinor, keepFees }: RefundCommand): Due {
  if (booking.paidMinor === 0) return { amountMinor: amountMinor ?? 0, extraMinor: 0 };
  const left = { sales: salesMinorOf(booking) - salesGivenBack(booking), extra: booking.extraMinor - booking.refundedExtraMinor };
  if (amountMinor !== null) return { amountMinor, extraMinor: Math.max(0, amountMinor - left.sales) };
  const sales = Math.min(left.sales, priceOf(booking, numbers));
  const extra = keepFees ? 0 : Math.min(left.extra, extraOfNext(booking, numbers));
  return { amountMinor: sales + extra, extraMinor: extra };
}

export function salesGivenBack({ refundedMinor, refundedExtraMinor }: Booking): number {
  return refundedMinor - refundedExtraMinor;
}

export function priceOf({ lines }: Booking, numbers: readonly number[]): number {
  const counts = countByLine(lines, numbers);
  return lines.reduce((sum, line, index) => sum + line.unitPriceMinor * (counts[index] ?? 0), 0);
}

/** The difference between the shares of all that have come back, with these tickets and without: so all shares add up to the unit. */
function extraOfNext(booking: Booking, numbers: readonly number[]): number {
  return extraFor(booking, [...booking.returned, ...numbers]) - extraFor(booking, booking.returned);
}

/** Rounded down, in whole numbers throughout: two amounts of the highest booking multiply beyond what a double holds. */
function extraFor(booking: Booking, numbers: readonly number[]): number {
  const whole = salesMinorOf(booking);
  if (whole === 0) return Math.floor((booking.extraMinor * numbers.length) / booking.quantity);
  return Number((BigInt(booking.extraMinor) * BigInt(priceOf(booking, numbers))) / BigInt(whole));
}

/** Money goes back the way it came: by the provider, who is asked for it under `id`, or over the desk, where it is paid out at once. */
export function payBack(
  draft: Draft,
  booking: Booking,
  { id, reason }: { id: string; reason: string },
  { amountMinor, extraMinor }: Due,
): void {
  if (amountMinor === 0) return;
  const { tender, paymentRef, currency } = booking;
  const isByProvider = tender === 'card' && paymentRef !== null;
  const from: Account = isByProvider || tender === null || tender === 'card' || tender === 'none' ? 'owed' : tender;
  giveBack(draft, booking, { amountMinor, extraMinor, from, kind: 'refund' });
  if (isByProvider) {
    draft.changes.owed.push({ id, kind: 'refund', bookingId: booking.id, paymentRef, amountMinor, currency, reason });
  }
}
