import type { FastifyRequest } from 'fastify';
import { problem } from '../../../../platform/http/index.ts';
import { formatCellId } from '../../../../platform/ids/index.ts';
import { shortRef, type DocumentLocale, type TicketFormat } from '../../documents/index.ts';
import { PAPER_WORDS } from '../paper-words.ts';
import type { PapersContext } from '../papers-context.ts';
import { printTickets, TICKETS_A_FILE_MAX, type PrintTickets } from '../print-tickets.ts';
import { isGone } from './is-gone.ts';
import { atThePress, type SentFile } from './send-file.ts';

export type AskedTickets = Pick<PrintTickets, 'eventId' | 'bookingId' | 'buyerKeys'>;
export type PrintedRange = { format?: TicketFormat; locale?: DocumentLocale; from?: number; to?: number };

/** Beyond the number of every ticket. */
const LAST = 2 ** 31 - 1;

/** The tickets of a booking as a file. Throws TICKETS_NOTHING_TO_PRINT, TICKETS_TOO_MANY_TO_PRINT or TICKETS_PRINTING_BUSY. */
export async function makeTickets(
  papers: PapersContext,
  asked: AskedTickets,
  { request, query }: { request: FastifyRequest; query: PrintedRange },
): Promise<SentFile> {
  const { format = 'a4', locale = 'en', from = 1, to = LAST } = query;
  const printed = await atThePress(() => printTickets(papers, { ...asked, format, locale, from, to, isGone: isGone(request) }));
  if (printed.kind === 'nothing') throw nothingToPrint();
  if (printed.kind === 'too_many') throw tooMany(printed.to);
  const ref = shortRef(formatCellId('bkg', asked.eventId, asked.bookingId));
  const isOne = from === to;
  const words = `${printed.title} – ${isOne ? `${PAPER_WORDS[locale].ticket} ${from}` : PAPER_WORDS[locale].tickets} ${ref}`;
  const ascii = isOne ? `ticket-${ref}-${from}` : `tickets-${ref}`;
  return { ascii, words, ending: 'pdf', bytes: printed.bytes };
}

export function nothingToPrint(): Error {
  return problem('TICKETS_NOTHING_TO_PRINT', { detail: 'There is no valid ticket that the caller holds, or not yet.' });
}

function tooMany(to: number): Error {
  const detail = `A file has at most ${TICKETS_A_FILE_MAX} tickets. Ask for them in parts by their numbers: to=${to} first, then from=${to + 1}.`;
  return problem('TICKETS_TOO_MANY_TO_PRINT', { detail, extensions: { to } });
}
