import { isPending, isSold } from '../../apps/server/src/modules/sales/booking-states.ts';
import type { BookingCommand, ConfirmCommand, ExtendCommand, OfferCommand } from '../../apps/server/src/modules/sales/commands.ts';
import type { Refusal } from '../../apps/server/src/modules/sales/outcomes.ts';
import { type Model, type ModelBooking, priceOf } from './model.ts';
import { objectToAwaiting, objectToRefund } from './objections-money.ts';
import { objectToEnd, objectToReclaim } from './objections-reclaim.ts';

/** What speaks against a command on a booking; nothing against asking for what is already so. */
export function objectToBookingCommand(model: Model, command: Exclude<BookingCommand, OfferCommand>): Refusal[] {
  const booking = model.bookings.get(command.bookingId);
  if (!booking) return [{ kind: 'unknown_booking' }];
  if (command.actor.kind === 'buyer' && command.actor.buyerKey !== booking.buyerKey) return [{ kind: 'unknown_booking' }];
  const { state } = booking;
  switch (command.kind) {
    case 'release':
      return isPending(state) || state === 'released' ? [] : [{ kind: 'wrong_state', state, move: 'release' }];
    case 'cancel':
      if (!isSold(state) && state !== 'cancelled') return [{ kind: 'wrong_state', state, move: 'cancel' }];
      return isSold(state) && command.actor.kind === 'buyer' && priceOf(booking) > 0 ? [{ kind: 'organizer_only', move: 'cancel' }] : [];
    case 'confirm':
      return objectToConfirm(model, booking, command);
    case 'extend':
      return [...objectToExtend(booking, command), ...objectToEnd(model)];
    case 'await-payment':
      return objectToAwaiting(model, booking, command);
    case 'refund':
      return objectToRefund(booking, command);
    // What the provider says is so.
    case 'receive-payment':
    case 'settle-owed':
    case 'dispute':
      return [];
  }
}

function objectToConfirm(model: Model, booking: ModelBooking, { tender }: ConfirmCommand): Refusal[] {
  const { state } = booking;
  if (isSold(state)) return [];
  const over = objectToEnd(model);
  if (isPending(state))
    return tender !== null || priceOf(booking) === 0 ? over : [{ kind: 'payment_required', totalMinor: priceOf(booking) }, ...over];
  if (state !== 'expired' || tender === null) return [{ kind: 'wrong_state', state, move: 'confirm' }, ...over];
  return [...objectToReclaim(model, booking), ...over];
}

function objectToExtend({ state, extended }: ModelBooking, { kind }: ExtendCommand): Refusal[] {
  if (state !== 'held') return [{ kind: 'wrong_state', state, move: kind }];
  return extended ? [{ kind: 'already_extended' }] : [];
}
