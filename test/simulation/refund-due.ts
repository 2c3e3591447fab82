import type { RefundCommand } from '../../apps/server/src/modules/sales/commands.ts';
import { type ModelBooking, ticketsOf, totalOf } from './model.ts';

/** The tickets that a refund is about, ascending. */
export function askedFor(booking: ModelBooking, tickets: RefundCommand['tickets']): number[] {
  if (tickets !== 'all') return [...new Set(tickets)].sort((a, b) => a - b);
  return ticketsOf(booking)
    .map((ticket) => ticket.number)
    .filter((number) => !booking.returned.includes(number));
}

/** What goes back for tickets, and how much of that comes from fees and taxes. */
export function dueFor(booking: ModelBooking, command: RefundCommand): { amountMinor: number; extraMinor: number } {
  const salesLeft = totalOf(booking.lines) - (booking.refundedMinor - booking.refundedExtraMinor);
  const extraLeft = booking.feesMinor + booking.taxesMinor - booking.refundedExtraMinor;
  if (booking.paidMinor === 0) return { amountMinor: command.amountMinor ?? 0, extraMinor: 0 };
  if (command.amountMinor !== null) return { amountMinor: command.amountMinor, extraMinor: Math.max(0, command.amountMinor - salesLeft) };
  const numbers = askedFor(booking, command.tickets);
  const salesMinor = Math.min(salesLeft, pricesOf(booking, numbers));
  const share = extraShare(booking, [...booking.returned, ...numbers]) - extraShare(booking, booking.returned);
  const extraMinor = command.keepFees ? 0 : Math.min(extraLeft, share);
  return { amountMinor: salesMinor + extraMinor, extraMinor };
}

function pricesOf(booking: ModelBooking, numbers: readonly number[]): number {
  return ticketsOf(booking).reduce((sum, ticket) => sum + (numbers.includes(ticket.number) ? ticket.unitPriceMinor : 0), 0);
}

function extraShare(booking: ModelBooking, numbers: readonly number[]): number {
  const whole = totalOf(booking.lines);
  return whole === 0 ? 0 : Math.floor(((booking.feesMinor + booking.taxesMinor) * pricesOf(booking, numbers)) / whole);
}

/** The state of a booking once these tickets have come back, too. */
export function stateAfter(
  booking: ModelBooking,
  numbers: readonly number[],
  refundedMinor: number,
): 'partially_refunded' | 'refunded' | 'cancelled' {
  if (booking.returned.length + numbers.length < ticketsOf(booking).length) return 'partially_refunded';
  return refundedMinor > 0 ? 'refunded' : 'cancelled';
}
