import { uuidFromText } from '../../platform/ids/index.ts';
import { commandIdOf } from './command-id.ts';
import { submitOnBooking } from './change-booking.ts';
import type { Actor, DisputeCommand, ReceivePaymentCommand, RefundCommand, SettleOwedCommand } from './commands.ts';
import type { Sales } from './context.ts';
import type { BookingOutcome, Refusal } from './outcomes.ts';

type Of<Command> = Omit<Command, 'kind' | 'commandId' | 'fingerprint' | 'actor'> & { eventId: string };
const ORGANIZER: Actor = { kind: 'organizer' };

/**
 * The buyer goes to pay at the provider, where the payment is called `paymentRef`: the booking awaits it, kept once for as
 * long again as a hold lasts. The same payment may be announced any number of times.
 */
export function awaitPayment(
  sales: Sales,
  { eventId, bookingId, buyerKey, paymentRef }: { eventId: string; bookingId: string; buyerKey: string; paymentRef: string },
): Promise<BookingOutcome | Refusal> {
  const commandId = uuidFromText(`await\n${eventId}\n${bookingId}\n${paymentRef}`);
  const actor = { kind: 'buyer', buyerKey } as const;
  return submitOnBooking(sales, eventId, { kind: 'await-payment', commandId, fingerprint: commandId, bookingId, actor, paymentRef });
}

/**
 * The provider has `receivedMinor` for a booking. It is confirmed, also after its hold expired if stock is left, or the money
 * is owed back from this transaction on. A payment is taken in once, however often it is told of; never refused for a booking that exists.
 */
export function receivePayment(sales: Sales, { eventId, ...payment }: Of<ReceivePaymentCommand>): Promise<BookingOutcome | Refusal> {
  const { bookingId, paymentRef } = payment;
  const commandId = uuidFromText(`paid\n${eventId}\n${bookingId}\n${paymentRef}`);
  // What is said of a payment first is what counts; other news of the same one is a repeat.
  return submitOnBooking(sales, eventId, { ...payment, kind: 'receive-payment', commandId, fingerprint: commandId, actor: ORGANIZER });
}

export type RefundRequest = Of<RefundCommand> & { actor: Actor; idempotencyKey: string };

/** Gives tickets, money or both back; what the provider has to pay is owed under the command's id. */
export function refundBooking(sales: Sales, request: RefundRequest): Promise<BookingOutcome | Refusal> {
  const { eventId, actor, idempotencyKey, ...asked } = request;
  const { bookingId, tickets, amountMinor, keepFees, restock } = asked;
  const commandId = commandIdOf(eventId, actor, idempotencyKey);
  const fingerprint = uuidFromText(`${bookingId}\nrefund\n${tickets}\n${amountMinor}\n${keepFees}\n${restock}`);
  return submitOnBooking(sales, eventId, { ...asked, kind: 'refund', commandId, fingerprint, actor });
}

/** What was owed to the provider is done, or it says that it cannot be: taken in once each. */
export function settleOwed(sales: Sales, { eventId, ...said }: Of<SettleOwedCommand>): Promise<BookingOutcome | Refusal> {
  const commandId = uuidFromText(`settled\n${eventId}\n${said.owed.id}\n${said.isDone}`);
  return submitOnBooking(sales, eventId, { ...said, kind: 'settle-owed', commandId, fingerprint: commandId, actor: ORGANIZER });
}

/** A bank has taken a payment back, or has decided about it: taken in once each, in any order. */
export function settleDispute(
  sales: Sales,
  { eventId, disputeRef, ...said }: Of<DisputeCommand> & { disputeRef: string },
): Promise<BookingOutcome | Refusal> {
  const commandId = uuidFromText(`dispute\n${eventId}\n${disputeRef}\n${said.status}`);
  return submitOnBooking(sales, eventId, { ...said, kind: 'dispute', commandId, fingerprint: commandId, actor: ORGANIZER });
}
