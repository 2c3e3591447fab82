import { uuidFromText } from '../../platform/ids/index.ts';
import { invariant } from '../../platform/invariant.ts';
import { addUpLines } from './add-up-lines.ts';
import type { Desk, Line, PlaceCommand } from './commands.ts';
import type { Sales } from './context.ts';
import type { BookingOutcome, Refusal } from './outcomes.ts';

export type DeskSale = {
  eventId: string;
  idempotencyKey: string;
  /** At least one. Lines of the same ticket type are added up. */
  lines: readonly Line[];
  desk: Desk;
  /** What the buyer was shown; another total is refused. */
  expectedTotalMinor: number | null;
  isGone: () => boolean;
};

/**
 * Sells a basket at the organizer's desk, at once, or gives it away. Its buyer is nobody who was here before and has no session. The
 * same key and payload give the same booking, for ever. Rejects as `Lanes.submit` does.
 */
export async function sellAtDesk(sales: Sales, sale: DeskSale): Promise<BookingOutcome | Refusal> {
  const outcome = await sales.lanes.submit(sale.eventId, toCommand(sale), sale.isGone);
  invariant(outcome.kind !== 'configured' && outcome.kind !== 'expired', 'a sale at a desk has an outcome of a booking');
  return outcome;
}

function toCommand({ eventId, idempotencyKey, lines: asked, desk, expectedTotalMinor }: DeskSale): PlaceCommand {
  const lines = addUpLines(asked);
  const payload = lines.map(({ ticketTypeId, quantity, chosenPriceMinor = '' }) => `${ticketTypeId}:${quantity}:${chosenPriceMinor}`);
  const buyerKey = uuidFromText(`desk buyer\n${eventId}\n${idempotencyKey}`);
  return {
    kind: 'place',
    bookingId: uuidFromText(`booking\n${eventId}\n${buyerKey}\n${idempotencyKey}`),
    fingerprint: uuidFromText(`${payload.join(',')}\n${desk.tender}\n${desk.fromSetAside}`),
    ...{ buyerKey, lines, expectedTotalMinor, desk },
    accessCode: null,
    promoCode: null,
    confirm: true,
  };
}
