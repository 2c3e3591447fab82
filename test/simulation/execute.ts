import assert from 'node:assert/strict';
import type { ConfigureCommand, ExtendCommand, PlaceCommand } from '../../apps/server/src/modules/sales/commands.ts';
import type { Command } from './operation.ts';
import { priceLines } from './price-lines.ts';
import { count, type Model, type ModelBooking, moveTo, TARGETS } from './model.ts';

/** Executes a command that nothing speaks against, at the given time. */
export function execute(model: Model, command: Command, atMs: number): void {
  switch (command.kind) {
    case 'expire':
      break;
    case 'place':
      place(model, command, atMs);
      break;
    case 'release':
    case 'cancel':
    case 'confirm':
      moveTo(model, bookingOf(model, command.bookingId), TARGETS[command.kind]);
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
  assert.equal(booking.state, 'held', 'only what is held expires');
  assert.ok(booking.expiresAtMs <= atMs, `a hold until ${booking.expiresAtMs} expired at ${atMs}`);
  moveTo(model, booking, 'expired');
}

function bookingOf(model: Model, id: string): ModelBooking {
  const booking = model.bookings.get(id);
  assert.ok(booking, `the model knows booking ${id}`);
  return booking;
}

function place(model: Model, { bookingId, buyerKey, fingerprint, lines, promoCode, confirm }: PlaceCommand, atMs: number): void {
  const booking: ModelBooking = {
    buyerKey,
    fingerprint,
    state: confirm ? 'confirmed' : 'held',
    lines: priceLines(model, lines, promoCode),
    promoCode,
    heldAtMs: atMs,
    expiresAtMs: atMs + model.terms.holdLengthMs,
    extended: false,
  };
  model.bookings.set(bookingId, booking);
  count(model, booking, 1);
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
