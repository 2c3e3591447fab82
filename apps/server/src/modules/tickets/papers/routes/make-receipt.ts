import type { FastifyRequest } from 'fastify';
import { problem } from '../../../../platform/http/index.ts';
import { formatCellId } from '../../../../platform/ids/index.ts';
import { shortRef, type DocumentLocale } from '../../documents/index.ts';
import { PAPER_WORDS } from '../paper-words.ts';
import type { PapersContext } from '../papers-context.ts';
import { printReceipt, type PrintReceipt } from '../print-receipt.ts';
import { isGone } from './is-gone.ts';
import { atThePress, type SentFile } from './send-file.ts';

/** The receipt of a booking as a file. Throws NOT_FOUND, TICKETS_NOTHING_TO_PRINT or TICKETS_PRINTING_BUSY. */
export async function makeReceipt(
  papers: PapersContext,
  asked: Pick<PrintReceipt, 'eventId' | 'bookingId' | 'buyerKeys'>,
  { request, locale = 'en' }: { request: FastifyRequest; locale?: DocumentLocale | undefined },
): Promise<SentFile> {
  const printed = await atThePress(() => printReceipt(papers, { ...asked, locale, isGone: isGone(request) }));
  if (printed.kind === 'unknown_booking') throw problem('NOT_FOUND', { detail: 'There is no such booking.' });
  if (printed.kind === 'nothing') throw problem('TICKETS_NOTHING_TO_PRINT', { detail: 'The booking was never confirmed.' });
  const ref = shortRef(formatCellId('bkg', asked.eventId, asked.bookingId));
  const words = `${printed.title} – ${PAPER_WORDS[locale].receipt} ${ref}`;
  return { ascii: `receipt-${ref}`, words, ending: 'pdf', bytes: printed.bytes };
}
