import { isPending, isSold } from '../../apps/server/src/modules/sales/booking-states.ts';
import type {
  AwaitPaymentCommand,
  DisputeCommand,
  MoneyCommand,
  ReceivePaymentCommand,
  RefundCommand,
  SettleOwedCommand,
} from '../../apps/server/src/modules/sales/commands.ts';
import { isOver } from '../../apps/server/src/modules/sales/event-states.ts';
import type { Account } from '../../apps/server/src/modules/sales/money.ts';
import { change, type Model, type ModelBooking, priceOf, ticketsOf, totalOf } from './model.ts';
import { move, owe } from './notebook.ts';
import { objectToReclaim } from './objections-reclaim.ts';
import { askedFor, dueFor, stateAfter } from './refund-due.ts';

/** Executes what the provider, its buyers and the organizer say of money, and notes it. */
export function executeMoney(model: Model, booking: ModelBooking, command: MoneyCommand, atMs: number): void {
  switch (command.kind) {
    case 'await-payment':
      goToPay(model, booking, command, atMs);
      break;
    case 'receive-payment':
      receive(model, booking, command);
      break;
    case 'refund':
      refund(model, booking, command);
      break;
    case 'settle-owed':
      settle(model, command);
      break;
    case 'dispute':
      dispute(model, booking, command);
      break;
  }
}

function goToPay(model: Model, booking: ModelBooking, { paymentRef }: AwaitPaymentCommand, atMs: number): void {
  const lengthMs = booking.expiresAtMs - booking.heldAtMs;
  const expiresAtMs = booking.extended ? booking.expiresAtMs : Math.max(booking.expiresAtMs, atMs + lengthMs);
  change(model, booking, { state: 'awaiting_payment', paymentRef, tender: 'card', expiresAtMs, extended: true });
}

/** Whether money that comes is what is asked for, and there is something to be had for it. */
export function canBeKept(model: Model, booking: ModelBooking, { paymentRef, receivedMinor, currency }: ReceivePaymentCommand): boolean {
  const isRight = receivedMinor === priceOf(booking) && currency === 'EUR';
  const isOwn = booking.paymentRef === null || booking.paymentRef === paymentRef;
  if (!isRight || !isOwn || isOver(model.terms.state) || booking.dispute === 'lost') return false;
  return isPending(booking.state) || (booking.state === 'expired' && objectToReclaim(model, booking).length === 0);
}

function receive(model: Model, booking: ModelBooking, command: ReceivePaymentCommand): void {
  const { commandId, paymentRef, receivedMinor, currency } = command;
  if (canBeKept(model, booking, command)) {
    takeIn(model, booking, 'provider');
    change(model, booking, { state: 'confirmed', paymentRef, tender: 'card', paidMinor: receivedMinor });
    return;
  }
  move(model.notebook, { from: 'owed', to: 'provider' }, receivedMinor, currency);
  owe(model.notebook, commandId, { kind: 'refund', bookingId: booking.id, amountMinor: receivedMinor, currency });
  const isOwn = currency === 'EUR' && (booking.paymentRef === null || booking.paymentRef === paymentRef);
  if (isOwn && booking.paidMinor === 0 && !isSold(booking.state)) {
    Object.assign(booking, { paymentRef, tender: 'card', paidMinor: receivedMinor, refundedMinor: receivedMinor });
  }
  if (!isSold(booking.state) && booking.state !== 'cancelled') change(model, booking, { state: 'refunded' });
}

/** What a booking costs comes to lie on an account. */
export function takeIn({ notebook }: Model, { lines, feesMinor, taxesMinor }: ModelBooking, to: Account): void {
  move(notebook, { from: 'sales', to }, totalOf(lines), 'EUR');
  move(notebook, { from: 'fees', to }, feesMinor, 'EUR');
  move(notebook, { from: 'taxes', to }, taxesMinor, 'EUR');
}

function refund(model: Model, booking: ModelBooking, command: RefundCommand): void {
  const numbers = askedFor(booking, command.tickets);
  const due = dueFor(booking, command);
  const { tender } = booking;
  payOut(model, booking, { ...due, from: tender === null || tender === 'none' || tender === 'card' ? 'owed' : tender });
  if (tender === 'card' && due.amountMinor > 0) {
    owe(model.notebook, command.commandId, { kind: 'refund', bookingId: booking.id, amountMinor: due.amountMinor, currency: 'EUR' });
  }
  giveUp(model, booking, numbers, command.restock);
}

type PayOut = { amountMinor: number; extraMinor: number; from: Account };

/** Prices first, then fees, then taxes. */
function payOut({ notebook }: Model, booking: ModelBooking, { amountMinor, extraMinor, from }: PayOut): void {
  const feesBefore = Math.min(booking.refundedExtraMinor, booking.feesMinor);
  const feesAfter = Math.min(booking.refundedExtraMinor + extraMinor, booking.feesMinor);
  move(notebook, { from, to: 'sales' }, amountMinor - extraMinor, 'EUR');
  move(notebook, { from, to: 'fees' }, feesAfter - feesBefore, 'EUR');
  move(notebook, { from, to: 'taxes' }, extraMinor - (feesAfter - feesBefore), 'EUR');
  booking.refundedMinor += amountMinor;
  booking.refundedExtraMinor += extraMinor;
}

function giveUp(model: Model, booking: ModelBooking, numbers: readonly number[], restock: boolean): void {
  for (const { number, ticketTypeId } of ticketsOf(booking)) {
    if (!restock && numbers.includes(number)) model.types.get(ticketTypeId)!.setAside += 1;
  }
  const state = stateAfter(booking, numbers, booking.refundedMinor);
  change(model, booking, { state, returned: [...booking.returned, ...numbers].sort((a, b) => a - b) });
}

/** Whatever is done with what was owed, what is done once is done. */
function settle({ notebook }: Model, { owed, isDone }: SettleOwedCommand): void {
  const note = notebook.owed.get(owed.id);
  if (note && note.standing !== 'done') note.standing = isDone ? 'done' : 'failed';
  if (isDone && owed.kind === 'refund') move(notebook, { from: 'provider', to: 'owed' }, owed.amountMinor, owed.currency);
}

function dispute(model: Model, booking: ModelBooking, { status, amountMinor }: DisputeCommand): void {
  if (booking.dispute === null) {
    move(model.notebook, { from: 'provider', to: 'disputed' }, amountMinor, 'EUR');
    booking.disputedMinor = amountMinor;
  }
  booking.dispute = status;
  if (status === 'won') {
    move(model.notebook, { from: 'disputed', to: 'provider' }, booking.disputedMinor, 'EUR');
    booking.disputedMinor = 0;
  }
  if (status === 'lost' && booking.tender === 'card') lose(model, booking);
}

/** The bank keeps what is left of the sale, and the tickets are worth nothing. */
function lose(model: Model, booking: ModelBooking): void {
  const amountMinor = Math.min(booking.disputedMinor, booking.paidMinor - booking.refundedMinor);
  const salesLeft = totalOf(booking.lines) - (booking.refundedMinor - booking.refundedExtraMinor);
  payOut(model, booking, { amountMinor, extraMinor: amountMinor === 0 ? 0 : Math.max(0, amountMinor - salesLeft), from: 'disputed' });
  if (!isSold(booking.state)) return;
  change(model, booking, { state: 'cancelled', returned: ticketsOf(booking).map((ticket) => ticket.number) });
}
