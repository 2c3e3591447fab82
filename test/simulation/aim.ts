import { isSold } from '../../apps/server/src/modules/sales/booking-states.ts';
import type {
  AwaitPaymentCommand,
  CancelCommand,
  DisputeCommand,
  ReceivePaymentCommand,
  RefundCommand,
} from '../../apps/server/src/modules/sales/commands.ts';
import { uuidFromText } from '../../apps/server/src/platform/ids/index.ts';
import type { Model, ModelBooking } from './model.ts';
import type { Command } from './operation.ts';
import { fingerprintOf } from './plan-buyers.ts';

/** Commands that are about bookings as they came to be, and not as they were planned: most baskets are refused. */
type Aimed = AwaitPaymentCommand | ReceivePaymentCommand | RefundCommand | DisputeCommand | CancelCommand;

/** The number by which a command chooses its booking; some choose none, and ask for what is not there. */
const CHOOSING = 8;
const RECENT = 40;

export function isAimed(command: Command): command is Aimed {
  return ['await-payment', 'receive-payment', 'refund', 'dispute', 'cancel'].includes(command.kind);
}

/** A booking that the command makes sense for as things stand, or null. The same command chooses alike. */
export function chooseBooking(model: Model, command: Aimed): string | null {
  const number = Number.parseInt(command.commandId.slice(0, 8), 16);
  if (number % 10 >= CHOOSING) return null;
  const able = [...model.bookings.values()].filter((booking) => fits(booking, command)).slice(-RECENT);
  return able[Math.floor(number / 10) % Math.max(1, able.length)]?.id ?? null;
}

function fits({ state, paymentRef }: ModelBooking, { kind }: Aimed): boolean {
  switch (kind) {
    case 'await-payment':
      return state === 'held';
    case 'receive-payment':
      return state === 'awaiting_payment' || (state === 'expired' && paymentRef !== null);
    default:
      return isSold(state);
  }
}

/** The command about another booking, under the name that it then has. */
export function aimAt(model: Model, command: Aimed, bookingId: string): Command {
  const { eventId } = model;
  const booking = model.bookings.get(bookingId);
  const named = (text: string) => ({ commandId: uuidFromText(text), fingerprint: uuidFromText(text), bookingId });
  switch (command.kind) {
    case 'await-payment': {
      const paymentRef = refFor(command.paymentRef, bookingId);
      const actor = { kind: 'buyer', buyerKey: booking?.buyerKey ?? '' } as const;
      return { ...command, ...named(`await\n${eventId}\n${bookingId}\n${paymentRef}`), paymentRef, actor };
    }
    case 'receive-payment': {
      const paymentRef = refFor(command.paymentRef, bookingId);
      return { ...command, ...named(`paid\n${eventId}\n${bookingId}\n${paymentRef}`), paymentRef };
    }
    case 'dispute':
      return { ...command, ...named(`dispute\n${eventId}\ndispute of ${bookingId}\n${command.status}`) };
    case 'refund': {
      const { tickets, amountMinor, keepFees, restock } = command;
      return { ...command, bookingId, fingerprint: fingerprintOf({ bookingId, tickets, amountMinor, keepFees, restock }) };
    }
    case 'cancel':
      return { ...command, bookingId, actor: { kind: 'organizer' }, fingerprint: fingerprintOf({ kind: command.kind, bookingId }) };
  }
}

function refFor(planned: string, bookingId: string): string {
  return planned === 'pay somebody else' ? planned : `pay ${bookingId}`;
}
