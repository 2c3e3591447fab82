import type { Tx } from '../../../platform/db/index.ts';
import type { TicketKey } from '../../../platform/ids/index.ts';
import { hashOfSecret } from '../../accounts/index.ts';
import { underHead } from '../../sales/index.ts';
import { clearAttendee } from '../attendees/clear-attendee.ts';
import type { TicketsContext } from '../context.ts';
import { transferredFact } from '../facts.ts';
import { newTicketSecret } from '../new-secret.ts';
import { issueAgain, readTicket, setOfferedUntil, type Ticket } from '../queries/tickets.ts';
import { markAccepted, readTransfer } from '../queries/transfers.ts';
import { ISSUES_MAX } from '../reissue-ticket.ts';
import { ticketOfToken } from './transfer-token.ts';

type Refusal = 'invalid' | 'revoked' | 'offered_back' | 'admitted' | 'own_ticket' | 'too_often';

export type AcceptOutcome = { kind: 'accepted'; key: TicketKey; ticket: Ticket; isRepeat: boolean } | { kind: Refusal };

/**
 * Makes a ticket the buyer's who shows its token: with a new secret, so that the codes of the one before are refused. Of several at
 * once one gets it, and hears the same again if asked again. Throws TOO_MANY_ATTEMPTS.
 */
export async function acceptTicket(
  { db, accounts }: TicketsContext,
  { token, buyerKey, address }: { token: string; buyerKey: string; address: string },
): Promise<AcceptOutcome> {
  await accounts.mailedLinks.limitSecrets(address);
  const key = ticketOfToken(token);
  if (!key) return { kind: 'invalid' };
  const secretHash = hashOfSecret(token);
  const outcome = await underHead<AcceptOutcome>(db, key.eventId, async (tx, nowMs) => {
    const [ticket, transfer] = [await readTicket(tx, key), await readTransfer(tx, key)];
    if (!ticket || !transfer?.secretHash.equals(secretHash) || transfer.expiresAt.getTime() <= nowMs) return refused('invalid');
    if (ticket.state === 'revoked') return refused('revoked');
    if (transfer.acceptedAt) {
      if (ticket.buyerKey !== buyerKey) return refused('invalid');
      return { result: { kind: 'accepted', key, ticket, isRepeat: true }, facts: [] };
    }
    // Its place may be sold at any moment: it cannot become somebody else's as well.
    if (ticket.resaleAt) return refused('offered_back');
    if (ticket.admittedAt) return refused('admitted');
    if (ticket.buyerKey === buyerKey) return refused('own_ticket');
    if (ticket.issue >= ISSUES_MAX) return refused('too_often');
    const passed = await passOn(tx, { key, ticket, buyerKey, nowMs });
    const fact = transferredFact(key.bookingId, passed, ticket.buyerKey);
    return { result: { kind: 'accepted', key, ticket: passed, isRepeat: false }, facts: [fact] };
  });
  return outcome ?? { kind: 'invalid' };
}

type Passing = { key: TicketKey; ticket: Ticket; buyerKey: string; nowMs: number };

/** All that changes when a ticket gets another holder, in the transaction that has the head. */
async function passOn(tx: Tx, { key, ticket, buyerKey, nowMs }: Passing): Promise<Ticket> {
  const bookedBy = ticket.bookedBy ?? ticket.buyerKey;
  await markAccepted(tx, key, nowMs);
  await setOfferedUntil(tx, key, null);
  await clearAttendee(tx, key);
  // Who gets back what they booked is as before.
  return issueAgain(tx, { ...key, secret: newTicketSecret(), buyerKey, bookedBy: bookedBy === buyerKey ? null : bookedBy });
}

function refused(kind: Refusal): { result: AcceptOutcome; facts: [] } {
  return { result: { kind }, facts: [] };
}
