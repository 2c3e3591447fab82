import { isSold } from '../../apps/server/src/modules/sales/booking-states.ts';
import type { AwaitPaymentCommand, RefundCommand } from '../../apps/server/src/modules/sales/commands.ts';
import type { Refusal } from '../../apps/server/src/modules/sales/outcomes.ts';
import { askedFor, dueFor } from './refund-due.ts';
import { type Model, type ModelBooking, priceOf, ticketsOf } from './model.ts';
import { objectToEnd } from './objections-reclaim.ts';

/** What speaks against going to pay; nothing against going the same way again. */
export function objectToAwaiting(model: Model, booking: ModelBooking, { paymentRef }: AwaitPaymentCommand): Refusal[] {
  const { state } = booking;
  if (state === 'awaiting_payment' && booking.paymentRef === paymentRef) return [];
  const found: Refusal[] = objectToEnd(model);
  if (state !== 'held') found.push({ kind: 'wrong_state', state, move: 'pay' });
  if (priceOf(booking) === 0) found.push({ kind: 'nothing_to_pay' });
  return found;
}

/** What speaks against giving tickets or money back. */
export function objectToRefund(booking: ModelBooking, command: RefundCommand): Refusal[] {
  if (!isSold(booking.state)) return [{ kind: 'wrong_state', state: booking.state, move: 'refund' }];
  const found: Refusal[] = booking.dispute === 'opened' ? [{ kind: 'disputed' }] : [];
  const numbers = askedFor(booking, command.tickets);
  const unknown = numbers.find((number) => !ticketsOf(booking).some((ticket) => ticket.number === number));
  if (unknown !== undefined) return [...found, { kind: 'unknown_ticket', number: unknown }];
  const gone = numbers.find((number) => booking.returned.includes(number));
  if (gone !== undefined) return [...found, { kind: 'ticket_returned', number: gone }];
  const { amountMinor } = dueFor(booking, command);
  const possibleMinor = booking.paidMinor - booking.refundedMinor;
  if (amountMinor > possibleMinor) found.push({ kind: 'refund_too_high', possibleMinor });
  if (numbers.length === 0 && amountMinor === 0) found.push({ kind: 'nothing_to_refund' });
  return found;
}
