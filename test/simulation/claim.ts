import { isSold } from '../../apps/server/src/modules/sales/booking-states.ts';
import type { Command } from './operation.ts';
import type { Outcome } from '../../apps/server/src/modules/sales/outcomes.ts';
import { type Model, TARGETS } from './model.ts';
import type { Result } from './operation.ts';

/** A result that the model has to explain. `isSeen`: its booking stood like that at some moment of the round. */
export type Claim = { result: Result; outcome: Outcome | null; isExplained: boolean; isSeen: boolean };

/** Whether the answer says that the command was executed, now and not before. */
export function isExecution(outcome: Outcome | null): boolean {
  return outcome !== null && 'replayed' in outcome && !outcome.replayed;
}

/** Whether things already are as the command would have them, so that nobody hears of it. */
export function isAlreadySo(model: Model, command: Command): boolean {
  if (!('bookingId' in command) || command.kind === 'place') return false;
  const booking = model.bookings.get(command.bookingId);
  switch (command.kind) {
    case 'release':
    case 'cancel':
      return booking?.state === TARGETS[command.kind];
    case 'confirm':
      return booking !== undefined && isSold(booking.state);
    case 'await-payment':
      return booking?.state === 'awaiting_payment' && booking.paymentRef === command.paymentRef;
    case 'settle-owed':
      return command.owed.kind === 'void';
    case 'dispute': {
      const dispute = booking?.dispute ?? null;
      return dispute !== null && (dispute !== 'opened' || command.status === 'opened');
    }
    default:
      return false;
  }
}
