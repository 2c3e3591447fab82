import { uuidFromText } from '../../platform/ids/index.ts';
import { invariant } from '../../platform/invariant.ts';
import { addUpLines } from './add-up-lines.ts';
import type { Line, PlaceCommand } from './commands.ts';
import type { Sales } from './context.ts';
import type { BookingOutcome, Refusal } from './outcomes.ts';

export type PlaceBookingRequest = {
  eventId: string;
  buyerKey: string;
  idempotencyKey: string;
  /** At least one. Lines of the same ticket type are added up. */
  lines: readonly Line[];
  accessCode: string | null;
  promoCode?: string | null;
  /** What the buyer was shown; another total is refused. */
  expectedTotalMinor?: number | null;
  /** Confirm at once; only for a basket that costs nothing. */
  confirm: boolean;
  /** Whether the client has gone away: nobody would take what is held for it. */
  isGone: () => boolean;
};

/**
 * Puts a basket on hold, or sells it at once if it is free and `confirm` is asked. The same buyer, key and payload give
 * the same booking, as it then stands, for ever; another payload under the key is refused. Rejects as `Lanes.submit` does.
 */
export async function placeBooking(sales: Sales, request: PlaceBookingRequest): Promise<BookingOutcome | Refusal> {
  const outcome = await sales.lanes.submit(request.eventId, toCommand(request), request.isGone);
  invariant(outcome.kind !== 'configured' && outcome.kind !== 'expired', 'a placed booking has an outcome of a booking');
  return outcome;
}

/** The booking that a request makes, or has made: known before it is there. */
export function bookingIdOf({
  eventId,
  buyerKey,
  idempotencyKey,
}: Pick<PlaceBookingRequest, 'eventId' | 'buyerKey' | 'idempotencyKey'>): string {
  return uuidFromText(`booking\n${eventId}\n${buyerKey}\n${idempotencyKey}`);
}

function toCommand(request: PlaceBookingRequest): PlaceCommand {
  const { buyerKey, accessCode, promoCode = null, expectedTotalMinor = null, confirm } = request;
  const lines = addUpLines(request.lines);
  // The promo code stands among the lines: behind the access code, which may be any text, a line break could pass for it.
  const payload = [...lines.map(textOf), ...(promoCode === null ? [] : [promoCode])].join(',');
  return {
    kind: 'place',
    bookingId: bookingIdOf(request),
    fingerprint: uuidFromText(`${payload}\n${confirm}\n${accessCode ?? ''}`),
    buyerKey,
    lines,
    accessCode,
    promoCode,
    expectedTotalMinor,
    confirm,
  };
}

function textOf({ ticketTypeId, quantity, chosenPriceMinor }: Line): string {
  return chosenPriceMinor === undefined ? `${ticketTypeId}:${quantity}` : `${ticketTypeId}:${quantity}:${chosenPriceMinor}`;
}
