import { problem } from '../../platform/http/index.ts';
import type { TicketsContext } from './context.ts';
import { readReturnable } from './queries/tickets.ts';

export type AskedBack = { eventId: string; bookingId: string; buyerKey: string; numbers: readonly number[] };

/**
 * Throws what keeps a buyer from giving tickets of a booking back: somebody else has one of them, or was let in with it. Those
 * who run the event may take back whatever they like.
 */
export async function requireReturnable(
  { db }: Pick<TicketsContext, 'db'>,
  { eventId, bookingId, buyerKey, numbers }: AskedBack,
): Promise<void> {
  for (const ticket of await readReturnable(db, { eventId, bookingId, numbers })) {
    const extensions = { ticket_number: ticket.number };
    if (ticket.buyerKey !== buyerKey)
      throw problem('TICKETS_PASSED_ON', { detail: 'It was passed on; who has it now can pass it back.', extensions });
    if (ticket.isAdmitted) throw problem('TICKETS_ALREADY_ADMITTED', { detail: 'What was used cannot be given back.', extensions });
  }
}
