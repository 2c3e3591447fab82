import type { TicketKey } from '../../../platform/ids/index.ts';
import { underHead } from '../../sales/index.ts';
import type { TicketsContext } from '../context.ts';
import { readTicket, setOfferedUntil } from '../queries/tickets.ts';
import { deleteOffer } from '../queries/transfers.ts';

/** `nothing_offered` also where the offer has run out: nobody can take it any more, which is what was asked for. */
export type WithdrawOutcome = 'withdrawn' | 'nothing_offered' | 'unknown_ticket';

/** Takes back what a holder has offered and nobody has taken yet. */
export async function withdrawOffer(
  { db }: TicketsContext,
  { key, buyerKeys }: { key: TicketKey; buyerKeys: readonly string[] },
): Promise<WithdrawOutcome> {
  const outcome = await underHead<WithdrawOutcome>(db, key.eventId, async (tx) => {
    const ticket = await readTicket(tx, key);
    if (!ticket || !buyerKeys.includes(ticket.buyerKey)) return { result: 'unknown_ticket', facts: [] };
    const wasOffered = await deleteOffer(tx, key);
    if (wasOffered) await setOfferedUntil(tx, key, null);
    return { result: wasOffered ? 'withdrawn' : 'nothing_offered', facts: [] };
  });
  return outcome ?? 'unknown_ticket';
}
