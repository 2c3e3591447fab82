import type { BookingCommand, ConfirmCommand, MoneyCommand, OfferCommand, ExtendCommand, Line } from '../../apps/server/src/modules/sales/commands.ts';
import type { Refusal } from '../../apps/server/src/modules/sales/outcomes.ts';
import { type Model, type ModelBooking, priceOf } from './model.ts';
import { objectToUse } from './objections-promo.ts';
import { objectToOwner, objectToStock, sum } from './objections-stock.ts';

/** What speaks against a command on a booking; nothing against asking for what is already so. */
export function objectToBookingCommand(model: Model, command: Exclude<BookingCommand, MoneyCommand | OfferCommand>): Refusal[] {
  const booking = model.bookings.get(command.bookingId);
  if (!booking) return [{ kind: 'unknown_booking' }];
  if (command.actor.kind === 'buyer' && command.actor.buyerKey !== booking.buyerKey) return [{ kind: 'unknown_booking' }];
  const { state } = booking;
  switch (command.kind) {
    case 'release':
      return state === 'held' || state === 'released' ? [] : [{ kind: 'wrong_state', state, move: 'release' }];
    case 'cancel':
      if (state !== 'confirmed' && state !== 'cancelled') return [{ kind: 'wrong_state', state, move: 'cancel' }];
      return state === 'confirmed' && command.actor.kind === 'buyer' && priceOf(booking) > 0
        ? [{ kind: 'organizer_only', move: 'cancel' }]
        : [];
    case 'confirm':
      return objectToConfirm(model, booking, command);
    case 'extend':
      return objectToExtend(booking, command);
  }
}

function objectToConfirm(model: Model, booking: ModelBooking, { tender }: ConfirmCommand): Refusal[] {
  const { state, buyerKey, lines } = booking;
  if (state === 'confirmed') return [];
  if (state === 'held')
    return tender !== null || priceOf(booking) === 0 ? [] : [{ kind: 'payment_required', totalMinor: priceOf(booking) }];
  if (state !== 'expired' || tender === null) return [{ kind: 'wrong_state', state, move: 'confirm' }];
  const quantities = sumByType(lines);
  return [...objectToOwner(model, buyerKey, quantities), ...objectToStock(model, quantities), ...objectToUse(model, booking)];
}

/** Where a tier ended within them, tickets of one type stand in several lines. */
function sumByType(lines: ModelBooking['lines']): Line[] {
  const types = [...new Set(lines.map((line) => line.ticketTypeId))];
  return types.map((ticketTypeId) => ({ ticketTypeId, quantity: sum(lines.filter((line) => line.ticketTypeId === ticketTypeId)) }));
}

function objectToExtend({ state, extended }: ModelBooking, { kind }: ExtendCommand): Refusal[] {
  if (state !== 'held') return [{ kind: 'wrong_state', state, move: kind }];
  return extended ? [{ kind: 'already_extended' }] : [];
}
