import type { TicketKey } from '../../platform/ids/index.ts';
import { readBooking } from '../sales/index.ts';
import type { TicketsContext } from './context.ts';
import { readHeld, readTicket, type Ticket } from './queries/tickets.ts';

/** A ticket as somebody sees it: its code is for the holder alone, while it is worth something. */
export type SeenTicket = { ticket: Ticket; isHolder: boolean; code: string | null };

export type ReadTickets = { eventId: string; bookingId: string; buyerKeys: readonly string[]; afterNumber: number; limit: number };
export type TicketPage = { tickets: SeenTicket[]; hasMore: boolean };

/**
 * The tickets of a booking, by number, as buyers see them who hold or booked them. Null if they have nothing to do with it; of a booking
 * of theirs that is not confirmed there are none.
 */
export async function readTicketsOf(tickets: TicketsContext, asked: ReadTickets): Promise<TicketPage | null> {
  const { eventId, limit, buyerKeys } = asked;
  const rows = await readPage(tickets, asked);
  if (rows.length === 0) return (await hasToDoWith(tickets, asked)) ? { tickets: [], hasMore: false } : null;
  const page = rows.length > limit ? rows.slice(0, limit) : rows;
  return { tickets: await withCodes(tickets, { ...asked, eventId, buyerKeys }, page), hasMore: rows.length > limit };
}

/** Payments that another server hears of are looked for so often. */
const LOOK_EVERY_MS = 500;

/**
 * The same, and while the booking is pending it waits for its tickets, `waitMs` at most and no longer than somebody is there: who has
 * paid is told at once, and need not ask again and again.
 */
export async function awaitTicketsOf(
  tickets: TicketsContext,
  asked: ReadTickets,
  { waitMs, isGone }: { waitMs: number; isGone: () => boolean },
): Promise<TicketPage | null> {
  const endMs = performance.now() + waitMs;
  for (;;) {
    // Listened to before looking: what happens in between is heard.
    const listener = tickets.news.listen(asked.bookingId);
    try {
      const page = await readTicketsOf(tickets, asked);
      const leftMs = endMs - performance.now();
      if (page === null || page.tickets.length > 0 || leftMs <= 0 || isGone()) return page;
      if (!(await isStillPending(tickets, asked))) return readTicketsOf(tickets, asked);
      if (!(await listener.heard(Math.min(LOOK_EVERY_MS, leftMs)))) return page;
    } finally {
      listener.stop();
    }
  }
}

async function isStillPending({ sales }: TicketsContext, asked: ReadTickets): Promise<boolean> {
  const found = await readBooking(sales, asked);
  return found?.booking.state === 'held' || found?.booking.state === 'awaiting_payment';
}

/** In a rush many ask for the tickets they have just paid for: nearly always the first page of a small booking. */
async function readPage({ db, ticketsOf }: TicketsContext, asked: ReadTickets): Promise<Ticket[]> {
  const { eventId, bookingId, buyerKeys, afterNumber, limit } = asked;
  const all = afterNumber === 0 ? await ticketsOf(eventId, bookingId) : null;
  if (all === null) return readHeld(db, { ...asked, limit: limit + 1 });
  return all.filter((ticket) => isSeenBy(ticket, buyerKeys)).slice(0, limit + 1);
}

/** One ticket; null if it is not there, or nothing of these buyers’. */
export async function readTicketOf(tickets: TicketsContext, key: TicketKey, buyerKeys: readonly string[]): Promise<SeenTicket | null> {
  const ticket = await readTicket(tickets.db, key);
  if (!ticket || !isSeenBy(ticket, buyerKeys)) return null;
  const [seen] = await withCodes(tickets, { ...key, buyerKeys }, [ticket]);
  return seen ?? null;
}

/** A page behind the last ticket is empty, and so is what is not paid yet. */
async function hasToDoWith({ db, sales }: TicketsContext, asked: ReadTickets): Promise<boolean> {
  const { eventId, bookingId, buyerKeys, afterNumber } = asked;
  if (afterNumber > 0 && (await readHeld(db, { ...asked, afterNumber: 0, limit: 1 })).length > 0) return true;
  const found = await readBooking(sales, { eventId, bookingId });
  return found !== null && buyerKeys.includes(found.booking.buyerKey);
}

type Place = { eventId: string; bookingId: string; buyerKeys: readonly string[] };

async function withCodes({ codes }: TicketsContext, place: Place, rows: readonly Ticket[]): Promise<SeenTicket[]> {
  const { eventId, bookingId, buyerKeys } = place;
  const coded = rows.filter((ticket) => ticket.state === 'valid' && buyerKeys.includes(ticket.buyerKey));
  const signed =
    coded.length === 0
      ? []
      : await codes.codesOf(
          eventId,
          coded.map(({ number, issue, secret }) => ({ eventId, bookingId, number, issue, secret })),
        );
  const codeOf = new Map(coded.map((ticket, index) => [ticket, signed?.[index] ?? null]));
  return rows.map((ticket) => ({ ticket, isHolder: buyerKeys.includes(ticket.buyerKey), code: codeOf.get(ticket) ?? null }));
}

function isSeenBy({ buyerKey, bookedBy }: Ticket, buyerKeys: readonly string[]): boolean {
  return buyerKeys.includes(buyerKey) || (bookedBy !== null && buyerKeys.includes(bookedBy));
}
