import { readEvent } from '../../catalog/index.ts';
import { readBookings } from '../../sales/index.ts';
import type { DocumentLocale } from '../documents/index.ts';
import type { PapersContext } from './papers-context.ts';
import { receiptPaper } from './receipt-paper.ts';

export type PrintReceipt = {
  eventId: string;
  bookingId: string;
  /** The buyers who ask: one of them has booked. Null: whoever sells may print any. */
  buyerKeys: readonly string[] | null;
  locale: DocumentLocale;
  isGone(): boolean;
};

export type PrintedReceipt = { kind: 'printed'; bytes: Buffer; title: string } | { kind: 'unknown_booking' } | { kind: 'nothing' };

/** The receipt of a booking as it stands: what was sold, and what has gone back since. Nothing before it is confirmed. */
export async function printReceipt(papers: PapersContext, asked: PrintReceipt): Promise<PrintedReceipt> {
  const { eventId, bookingId, buyerKeys, locale, isGone } = asked;
  const { sales, catalog } = papers.tickets;
  const [booking] = (await readBookings(sales, { eventId, bookingIds: [bookingId] })).bookings;
  if (!booking || (buyerKeys !== null && !buyerKeys.includes(booking.buyerKey))) return { kind: 'unknown_booking' };
  if (booking.confirmedAtMs === null) return { kind: 'nothing' };
  const moves = await papers.movesOf({ eventId, bookingId });
  const event = await readEvent(catalog, { eventId, viewer: { kind: 'organizer' } });
  if (!event) return { kind: 'unknown_booking' };
  const receipt = receiptPaper({ event, booking, moves, isSandboxPaid: papers.isSandboxPaid(booking), locale });
  const bytes = await papers.press.print({ kind: 'receipt', receipt, options: { locale } }, isGone);
  return { kind: 'printed', bytes, title: event.record.words.title };
}
