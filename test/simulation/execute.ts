import assert from 'node:assert/strict';
import type { ConfigureCommand, ConfirmCommand, Desk, ExtendCommand, PlaceCommand } from '../../apps/server/src/modules/sales/commands.ts';
import type { Command } from './operation.ts';
import { extrasOf, priceLines } from './price-lines.ts';
import { isPending } from '../../apps/server/src/modules/sales/booking-states.ts';
import { executeMoney, takeIn } from './execute-money.ts';
import { change, count, type Model, type ModelBooking, priceOf, TARGETS, ticketsOf } from './model.ts';
import { NOTHING_PAID, owe } from './notebook.ts';

/** Executes a command that nothing speaks against, at the given time. */
export function execute(model: Model, command: Command, atMs: number): void {
  switch (command.kind) {
    case 'expire':
      break;
    case 'place':
      place(model, command, atMs);
      break;
    case 'release':
      leave(model, bookingOf(model, command.bookingId), TARGETS.release);
      break;
    case 'cancel':
      cancel(model, bookingOf(model, command.bookingId));
      break;
    case 'confirm':
      confirm(model, bookingOf(model, command.bookingId), command);
      break;
    case 'await-payment':
    case 'receive-payment':
    case 'refund':
    case 'settle-owed':
    case 'dispute':
      executeMoney(model, bookingOf(model, command.bookingId), command, atMs);
      break;
    case 'extend':
      extend(bookingOf(model, command.bookingId), command);
      break;
    default:
      configure(model, command);
  }
}

/** Gives back a hold, which nobody commands: it must have been due. */
export function expire(model: Model, bookingId: string, atMs: number): void {
  const booking = bookingOf(model, bookingId);
  assert.ok(isPending(booking.state), 'only what is kept for a while expires');
  assert.ok(booking.expiresAtMs <= atMs, `a hold until ${booking.expiresAtMs} expired at ${atMs}`);
  leave(model, booking, 'expired');
}

/** Without a payment: one that may still be made is to be made impossible. */
function leave(model: Model, booking: ModelBooking, state: 'released' | 'expired'): void {
  const { id, paymentRef } = booking;
  if (booking.state === 'awaiting_payment' && paymentRef !== null) {
    owe(model.notebook, id, { kind: 'void', bookingId: id, amountMinor: priceOf(booking), currency: 'EUR' });
  }
  change(model, booking, { state });
}

function cancel(model: Model, booking: ModelBooking): void {
  change(model, booking, { state: 'cancelled', returned: ticketsOf(booking).map((ticket) => ticket.number) });
}

function confirm(model: Model, booking: ModelBooking, { tender }: ConfirmCommand): void {
  if (tender !== null) {
    takeIn(model, booking, tender);
    Object.assign(booking, { tender, paidMinor: priceOf(booking) });
  }
  change(model, booking, { state: 'confirmed' });
}

function bookingOf(model: Model, id: string): ModelBooking {
  const booking = model.bookings.get(id);
  assert.ok(booking, `the model knows booking ${id}`);
  return booking;
}

function place(
  model: Model,
  { bookingId, buyerKey, fingerprint, lines, promoCode, confirm: isSold, desk }: PlaceCommand,
  atMs: number,
): void {
  const isFree = desk?.tender === 'none';
  const priced = isFree ? lines.map((line) => ({ ...line, unitPriceMinor: 0, listPriceMinor: 0 })) : priceLines(model, lines, promoCode);
  const booking: ModelBooking = {
    ...NOTHING_PAID,
    ...extrasOf(model, priced),
    id: bookingId,
    buyerKey,
    fingerprint,
    state: isSold ? 'confirmed' : 'held',
    lines: priced,
    promoCode,
    heldAtMs: atMs,
    expiresAtMs: atMs + model.terms.holdLengthMs,
    extended: false,
  };
  model.bookings.set(bookingId, booking);
  count(model, booking, 1);
  if (desk) sellAtDesk(model, booking, desk);
}

function sellAtDesk(model: Model, booking: ModelBooking, { tender, fromSetAside }: Desk): void {
  if (fromSetAside) for (const { ticketTypeId } of ticketsOf(booking)) model.types.get(ticketTypeId)!.setAside -= 1;
  booking.tender = tender;
  if (tender === 'none') return;
  takeIn(model, booking, tender);
  booking.paidMinor = priceOf(booking);
}

/** Once, by what is asked, at most by the length of the hold. */
function extend(booking: ModelBooking, { extensionMs }: ExtendCommand): void {
  const holdLengthMs = booking.expiresAtMs - booking.heldAtMs;
  booking.expiresAtMs += Math.min(extensionMs ?? holdLengthMs, holdLengthMs);
  booking.extended = true;
}

function configure(model: Model, command: ConfigureCommand): void {
  switch (command.kind) {
    case 'change-sale':
      model.terms = { ...model.terms, ...command.changes };
      return;
    case 'create-ticket-type':
      model.types.set(command.ticketTypeId, { terms: command.terms, capacity: command.capacity, setAside: 0, held: 0, sold: 0 });
      return;
    case 'change-ticket-type': {
      const type = model.types.get(command.ticketTypeId)!;
      type.terms = { ...type.terms, ...command.changes };
      type.capacity = command.capacity ?? type.capacity;
      return;
    }
    case 'set-aside':
      model.types.get(command.ticketTypeId)!.setAside += command.quantity;
      return;
    case 'create-promo-code':
      model.promos.set(command.code, { terms: command.terms, used: 0 });
      return;
    case 'change-promo-code': {
      const promo = model.promos.get(command.code)!;
      promo.terms = { ...promo.terms, ...command.changes };
      return;
    }
    case 'create-quota':
      model.quotas.set(command.quotaId, { capacity: command.capacity, members: command.ticketTypeIds });
      return;
    case 'change-quota': {
      const { capacity, members } = model.quotas.get(command.quotaId)!;
      model.quotas.set(command.quotaId, { capacity: command.capacity ?? capacity, members: command.ticketTypeIds ?? members });
    }
  }
}
