import { uuidFromText } from '../../platform/ids/index.ts';
import { invariant } from '../../platform/invariant.ts';
import { commandIdOf } from './command-id.ts';
import type { Actor, BookingCommand, ConfirmCommand } from './commands.ts';
import type { Sales } from './context.ts';
import type { BookingOutcome, Refusal } from './outcomes.ts';

/** A command on a booking: who asks, and under which key. The same actor and key are executed once, for ever. */
export type BookingRequest = { eventId: string; bookingId: string; actor: Actor; idempotencyKey: string };

/** Keeps a held booking longer, once, by at most the hold's length; `extensionMs` null for all of it. */
export function extendBooking(sales: Sales, request: BookingRequest & { extensionMs: number | null }): Promise<BookingOutcome | Refusal> {
  const identity = identify(request, `extend\n${request.extensionMs}`);
  return submit(sales, request, { ...identity, kind: 'extend', extensionMs: request.extensionMs });
}

/** Gives a held booking's tickets back. */
export function releaseBooking(sales: Sales, request: BookingRequest): Promise<BookingOutcome | Refusal> {
  return submit(sales, request, { ...identify(request, 'release'), kind: 'release' });
}

/**
 * Sells a held booking: a free one, or any that was paid outside of the provider. Such a payment that arrives after the hold has expired takes the
 * tickets again if there are any.
 */
export function confirmBooking(
  sales: Sales,
  request: BookingRequest & { tender: ConfirmCommand['tender'] },
): Promise<BookingOutcome | Refusal> {
  const { tender } = request;
  invariant(tender === null || request.actor.kind === 'organizer', 'a buyer cannot say that a booking is paid');
  const asked = tender === 'cash' || tender === 'card_at_door' ? tender : tender !== null;
  return submit(sales, request, { ...identify(request, `confirm\n${asked}`), kind: 'confirm', tender });
}

/** Gives a confirmed booking's tickets back. A buyer can cancel what was free; what was paid the organizer cancels. */
export function cancelBooking(sales: Sales, request: BookingRequest): Promise<BookingOutcome | Refusal> {
  return submit(sales, request, { ...identify(request, 'cancel'), kind: 'cancel' });
}

function identify({ eventId, bookingId, actor, idempotencyKey }: BookingRequest, payload: string) {
  return {
    commandId: commandIdOf(eventId, actor, idempotencyKey),
    fingerprint: uuidFromText(`${bookingId}\n${payload}`),
    bookingId,
    actor,
  };
}

function submit(sales: Sales, { eventId }: BookingRequest, command: BookingCommand): Promise<BookingOutcome | Refusal> {
  return submitOnBooking(sales, eventId, command);
}

/** Puts a command on a booking into its event's lane. Rejects as `Lanes.submit` does. */
export async function submitOnBooking(sales: Sales, eventId: string, command: BookingCommand): Promise<BookingOutcome | Refusal> {
  const outcome = await sales.lanes.submit(eventId, command);
  invariant(outcome.kind !== 'configured' && outcome.kind !== 'expired', 'a command on a booking has an outcome of a booking');
  return outcome;
}
