import type { Command, PlaceCommand } from '../commands.ts';
import type { Owed } from '../money.ts';
import {
  awaitPayment,
  receivePayment,
  refundBooking,
  settleDispute,
  settleOwed,
  type Booking,
  type BookingOutcome,
  type Refusal,
  type Sales,
} from '../index.ts';
import { uuidFromText } from '../../../platform/ids/index.ts';
import { anId, placeCommand, type EventUnderTest } from './buyers.ts';

type Told = Promise<BookingOutcome | Refusal>;

export const refOf = (bookingId: string): string => `intent of ${bookingId}`;

/** Goes to pay for a booking, as its buyer. */
export function goToPay(sales: Sales, { eventId }: EventUnderTest, { id, buyerKey }: Booking): Told {
  return awaitPayment(sales, { eventId, bookingId: id, buyerKey, paymentRef: refOf(id) });
}

/** The provider has the money for a booking: what it costs, unless it says otherwise. */
export function pay(sales: Sales, { eventId }: EventUnderTest, { id, totalMinor, currency }: Booking, receivedMinor = totalMinor): Told {
  return receivePayment(sales, { eventId, bookingId: id, paymentRef: refOf(id), receivedMinor, currency });
}

export type Asked = { tickets?: readonly number[] | 'all'; amountMinor?: number; keepFees?: boolean; restock?: boolean; key?: string };

/** Gives back as the organizer: all of it for what it cost, unless it says otherwise. */
export function giveBack(sales: Sales, { eventId }: EventUnderTest, { id }: Booking, asked: Asked = {}): Told {
  const { tickets = 'all', amountMinor = null, keepFees = false, restock = true, key = anId() } = asked;
  const whole = { eventId, bookingId: id, actor: { kind: 'organizer' } as const, idempotencyKey: key };
  return refundBooking(sales, { ...whole, tickets, amountMinor, keepFees, restock, reason: 'asked' });
}

export function quarrel(sales: Sales, { eventId }: EventUnderTest, booking: Booking, status: 'opened' | 'won' | 'lost'): Told {
  const { id, totalMinor, currency } = booking;
  return settleDispute(sales, { eventId, bookingId: id, disputeRef: `dispute of ${id}`, status, amountMinor: totalMinor, currency });
}

export function settle(sales: Sales, { eventId }: EventUnderTest, { id, currency }: Booking, owed: Partial<Owed>): Told {
  const about = { id: anId(), kind: 'refund', amountMinor: 1, currency, ...owed } as const;
  return settleOwed(sales, { eventId, bookingId: id, owed: about, isDone: true });
}

/** A sale at a desk, as its command. */
export function deskCommand(event: EventUnderTest, changes: Partial<PlaceCommand> = {}): PlaceCommand {
  return placeCommand(event, { confirm: true, desk: { tender: 'cash', fromSetAside: false }, ...changes });
}

/** A command on a booking, for tests that put one in behind the edge. */
export function moneyCommands(
  { bookingId }: PlaceCommand,
  totalMinor: number,
): Record<'await' | 'receive' | 'refund' | 'dispute' | 'settle', Command> {
  const on = (what: string) => {
    const commandId = uuidFromText(`${bookingId} ${what}`);
    return { commandId, fingerprint: commandId, bookingId, actor: { kind: 'organizer' } as const };
  };
  const paymentRef = refOf(bookingId);
  return {
    await: { ...on('await'), kind: 'await-payment', paymentRef },
    receive: { ...on('receive'), kind: 'receive-payment', paymentRef, receivedMinor: totalMinor, currency: 'EUR' },
    refund: { ...on('refund'), kind: 'refund', tickets: 'all', amountMinor: null, keepFees: false, restock: true, reason: 'asked' },
    dispute: { ...on('dispute'), kind: 'dispute', status: 'opened', amountMinor: totalMinor, currency: 'EUR' },
    settle: { ...on('settle'), kind: 'settle-owed', owed: { id: anId(), kind: 'refund', amountMinor: 1, currency: 'EUR' }, isDone: true },
  };
}
