import { invariant } from '../../../platform/invariant.ts';
import { readEvent } from '../../catalog/index.ts';
import { readBookings } from '../../sales/index.ts';
import type { DocumentLocale, TicketFormat } from '../documents/index.ts';
import { readPrintable, type PrintableRow } from '../queries/printable.ts';
import type { PapersContext } from './papers-context.ts';
import { ticketPapers, type PrintedTicket } from './ticket-papers.ts';

/** Some 2 s of the press and 1.5 MB: more would keep everybody else waiting. */
export const TICKETS_A_FILE_MAX = 200;

export type PrintTickets = {
  eventId: string;
  bookingId: string;
  /** The buyers who ask, who are given what they hold; null: whoever sells prints what it has sold. */
  buyerKeys: readonly string[] | null;
  from: number;
  to: number;
  format: TicketFormat;
  locale: DocumentLocale;
  isGone(): boolean;
};

/** `to`: the number of the last one that a file beginning where it was asked for can have. */
export type PrintedFile = { kind: 'printed'; bytes: Buffer; title: string } | { kind: 'nothing' } | { kind: 'too_many'; to: number };

/** The valid tickets of a booking as one file; nothing where there are none of theirs. */
export async function printTickets(papers: PapersContext, asked: PrintTickets): Promise<PrintedFile> {
  const { eventId, bookingId, locale, format } = asked;
  const { db, sales, catalog } = papers.tickets;
  const rows = await readPrintable(db, { ...asked, limit: TICKETS_A_FILE_MAX + 1 });
  if (rows.length === 0) return { kind: 'nothing' };
  if (rows.length > TICKETS_A_FILE_MAX) return { kind: 'too_many', to: rows[TICKETS_A_FILE_MAX - 1]!.number };
  const [event, { bookings }] = await Promise.all([
    readEvent(catalog, { eventId, viewer: { kind: 'organizer' } }),
    readBookings(sales, { eventId, bookingIds: [bookingId] }),
  ]);
  const tickets = await withCodesAndNames(papers, asked, rows);
  const [booking] = bookings;
  // A test event may be purged meanwhile.
  if (!event || !booking || !tickets) return { kind: 'nothing' };
  const isSandboxPaid = papers.isSandboxPaid(booking);
  const documents = ticketPapers({ event, booking, tickets, isSandboxPaid, locale });
  const bytes = await papers.press.print({ kind: 'tickets', tickets: documents, options: { format, locale } }, asked.isGone);
  return { kind: 'printed', bytes, title: event.record.words.title };
}

type Of = { eventId: string; bookingId: string };

async function withCodesAndNames(
  { tickets, attendees }: PapersContext,
  { eventId, bookingId }: Of,
  rows: readonly PrintableRow[],
): Promise<PrintedTicket[] | null> {
  const coded = rows.map(({ number, issue, secret }) => ({ eventId, bookingId, number, issue, secret }));
  const codes = await tickets.codes.codesOf(eventId, coded);
  if (codes === null) return null;
  const held = rows.map(({ number, buyerKey }) => ({ bookingId, number, buyerKey }));
  const names = await attendees.readNames({ eventId, tickets: held });
  return rows.map((ticket, index) => {
    const code = codes[index];
    invariant(code !== undefined, 'every ticket that is signed has a code');
    return { ticket, code, name: names[index] ?? null };
  });
}
