import type { TicketKey } from '../../platform/ids/index.ts';
import { underHead } from '../sales/index.ts';
import type { TicketsContext } from './context.ts';
import { reissuedFact } from './facts.ts';
import { newTicketSecret } from './new-secret.ts';
import { issueAgain, readTicket, type Ticket } from './queries/tickets.ts';

/** More would fit in a code; somebody who needs that many has another problem. */
export const ISSUES_MAX = 1_000;

export type ReissueOutcome = { kind: 'reissued'; ticket: Ticket } | { kind: 'unknown_ticket' | 'revoked' | 'too_often' };

/**
 * Gives a ticket a new secret: from then on its earlier codes are refused. Buyers do it for tickets that they hold; null is the
 * organizer, for every ticket of the event. What is offered to somebody stays offered.
 */
export async function reissueTicket(
  { db }: TicketsContext,
  { key, buyerKeys }: { key: TicketKey; buyerKeys: readonly string[] | null },
): Promise<ReissueOutcome> {
  const outcome = await underHead<ReissueOutcome>(db, key.eventId, async (tx) => {
    const ticket = await readTicket(tx, key);
    if (!ticket || (buyerKeys && !buyerKeys.includes(ticket.buyerKey))) return { result: { kind: 'unknown_ticket' }, facts: [] };
    if (ticket.state === 'revoked') return { result: { kind: 'revoked' }, facts: [] };
    if (ticket.issue >= ISSUES_MAX) return { result: { kind: 'too_often' }, facts: [] };
    const { buyerKey, bookedBy } = ticket;
    const reissued = await issueAgain(tx, { ...key, secret: newTicketSecret(), buyerKey, bookedBy });
    return { result: { kind: 'reissued', ticket: reissued }, facts: [reissuedFact(key.bookingId, reissued)] };
  });
  return outcome ?? { kind: 'unknown_ticket' };
}
