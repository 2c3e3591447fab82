import type { Ticket as TicketBody } from '@tessera/contract';
import type { TicketKey } from '../../../platform/ids/index.ts';
import type { TicketsContext } from '../context.ts';
import { presentTicket } from '../present-ticket.ts';
import { readTransfer } from '../queries/transfers.ts';
import { readTicketOf } from '../read-tickets.ts';
import { openAddress } from '../transfers/sealed-address.ts';
import { noSuchTicket } from './ids-of-path.ts';

/** A ticket with all that its holder may know of it, or what who booked it may. Throws NOT_FOUND to others. */
export async function answerTicket(tickets: TicketsContext, key: TicketKey, buyerKeys: readonly string[]): Promise<TicketBody> {
  const seen = await readTicketOf(tickets, key, buyerKeys);
  if (!seen) throw noSuchTicket();
  const isOffered = seen.isHolder && seen.ticket.offeredUntil !== null;
  const offeredTo = isOffered ? await offeredToOf(tickets, key) : null;
  return presentTicket(seen, { ...key, nowMs: tickets.clock.nowMs(), offeredTo });
}

async function offeredToOf({ db, offerKey }: TicketsContext, key: TicketKey): Promise<string | null> {
  const transfer = await readTransfer(db, key);
  return transfer?.emailSealed ? openAddress(offerKey, key, transfer.emailSealed) : null;
}
