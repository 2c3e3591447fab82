import { readFacts } from '../../../platform/facts/index.ts';
import type { Doors } from './context.ts';
import { readTicketsAfter, readTicketsOfBookings, type ListedTicket, type TicketPlace } from './queries/door-list.ts';

export type TicketPage = { tickets: ListedTicket[]; hasMore: boolean; seq: number };

/** Facts of which one page of changes is made. */
const FACTS_MAX = 100;

/**
 * A page of all tickets of an event. `seq` is how far its facts went before the page was read: whoever reads on from there once
 * the last page is read misses nothing, and meets some tickets twice.
 */
export async function listTickets(
  { db, readFactSeq }: Doors,
  { eventId, after, limit }: { eventId: string; after: TicketPlace | null; limit: number },
): Promise<TicketPage> {
  const seq = await readFactSeq(eventId);
  const tickets = await readTicketsAfter(db, { eventId, after, limit: limit + 1 });
  return { tickets: tickets.slice(0, limit), hasMore: tickets.length > limit, seq };
}

/** The tickets that facts after `seq` tell of, as they are now: a ticket may come without having changed. */
export async function listChanges({ db }: Doors, eventId: string, seq: number): Promise<TicketPage> {
  const facts = await readFacts(db, { eventId, afterSeq: seq, limit: FACTS_MAX });
  // What is told of is a booking, of tickets too; the id of anything else is no booking's.
  const bookingIds = [...new Set(facts.map((fact) => fact.subjectId))];
  const tickets = bookingIds.length === 0 ? [] : await readTicketsOfBookings(db, eventId, bookingIds);
  return { tickets, hasMore: facts.length === FACTS_MAX, seq: facts.at(-1)?.seq ?? seq };
}
