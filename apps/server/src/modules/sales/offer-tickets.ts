import { uuidFromText } from '../../platform/ids/index.ts';
import { submitOnBooking, type BookingRequest } from './change-booking.ts';
import { commandIdOf } from './command-id.ts';
import type { Sales } from './context.ts';
import type { BookingOutcome, Refusal } from './outcomes.ts';

export type OfferRequest = BookingRequest & { tickets: readonly number[] };

/**
 * Offers tickets back: each stays valid, and counted as sold, until somebody else pays for its place. Then it is worth nothing, and what it
 * cost goes back. What is offered already stays so.
 */
export function offerTickets(sales: Sales, request: OfferRequest): Promise<BookingOutcome | Refusal> {
  return submit(sales, request, false);
}

/** Keeps offered tickets after all, while nobody is about to buy their places. What is not offered stays so. */
export function withdrawOffers(sales: Sales, request: OfferRequest): Promise<BookingOutcome | Refusal> {
  return submit(sales, request, true);
}

function submit(sales: Sales, request: OfferRequest, isWithdrawn: boolean): Promise<BookingOutcome | Refusal> {
  const { eventId, bookingId, actor, idempotencyKey } = request;
  const tickets = [...new Set(request.tickets)].sort((a, b) => a - b);
  const commandId = commandIdOf(eventId, actor, idempotencyKey);
  const fingerprint = uuidFromText(`${bookingId}\noffer\n${tickets}\n${isWithdrawn}`);
  return submitOnBooking(sales, eventId, { kind: 'offer', commandId, fingerprint, bookingId, actor, tickets, isWithdrawn });
}
