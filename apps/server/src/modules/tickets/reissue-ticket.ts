import type { TicketKey } from '../../platform/ids/index.ts';
import { underHead } from '../sales/index.ts';
import type { TicketsContext } from './context.ts';
import { reissuedFact } from './facts.ts';
import { newTicketSecret, secretOfCommand } from './new-secret.ts';
import { issueAgain, readTicket, type Ticket } from './queries/tickets.ts';

/** More would fit in a code; somebody who needs that many has another problem. */
export const ISSUES_MAX = 1_000;

export type ReissueTicket = {
  key: TicketKey;
  /** Whose the ticket must be; null is the organizer, for every ticket of the event. */
  buyerKeys: readonly string[] | null;
  /** What the caller calls the command; a repeat right after it changes nothing. */
  idempotencyKey: string | null;
};

export type ReissueOutcome =
  | { kind: 'reissued'; ticket: Ticket; isRepeat: boolean }
  | { kind: 'unknown_ticket' | 'revoked' | 'offered_back' | 'too_often' };

/**
 * Gives a ticket a new secret: from then on its earlier codes are refused. What is offered to somebody stays offered.
 */
export async function reissueTicket(tickets: TicketsContext, { key, buyerKeys, idempotencyKey }: ReissueTicket): Promise<ReissueOutcome> {
  const { db, commandKey } = tickets;
  const outcome = await underHead<ReissueOutcome>(db, key.eventId, async (tx) => {
    const ticket = await readTicket(tx, key);
    if (!ticket || (buyerKeys && !buyerKeys.includes(ticket.buyerKey))) return { result: { kind: 'unknown_ticket' }, facts: [] };
    if (ticket.state === 'revoked') return { result: { kind: 'revoked' }, facts: [] };
    const { buyerKey, bookedBy } = ticket;
    const caller = buyerKeys ? buyerKey : 'organizer';
    const secret = idempotencyKey === null ? newTicketSecret() : secretOfCommand(commandKey, key, `reissue\n${caller}\n${idempotencyKey}`);
    if (ticket.secret === secret) return { result: { kind: 'reissued', ticket, isRepeat: true }, facts: [] };
    if (ticket.resaleAt) return { result: { kind: 'offered_back' }, facts: [] };
    if (ticket.issue >= ISSUES_MAX) return { result: { kind: 'too_often' }, facts: [] };
    const reissued = await issueAgain(tx, { ...key, secret, buyerKey, bookedBy });
    return { result: { kind: 'reissued', ticket: reissued, isRepeat: false }, facts: [reissuedFact(key.bookingId, reissued)] };
  });
  return outcome ?? { kind: 'unknown_ticket' };
}
