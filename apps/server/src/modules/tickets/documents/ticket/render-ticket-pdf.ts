import { openFontLibrary } from '../fonts/font-library.ts';
import { openPicture } from '../pdf/pictures.ts';
import { printSheet } from '../pdf/sheet.ts';
import { ELLIPSIS } from '../text/lay-text.ts';
import type { TicketDocument, TicketOptions } from '../ticket-document.ts';
import { drawA4Page } from './a4-page.ts';
import { drawPhonePage } from './phone-page.ts';
import { textsOf, viewTicket } from './ticket-view.ts';

const DRAW = { a4: drawA4Page, phone: drawPhonePage };

/**
 * Tickets as one PDF, a page each, of A4 or as large as a phone’s screen. Whatever the words are made of, it does not throw: what cannot be
 * seen is left out, what has no glyph is a box, what is too long ends with an ellipsis. The same input gives the same bytes.
 */
export async function renderTicketPdf(tickets: readonly TicketDocument[], options: TicketOptions): Promise<Buffer> {
  const library = await openFontLibrary();
  const views = tickets.map((ticket) => viewTicket(ticket, options.locale));
  for (const { title, text } of views.map(textsOf)) {
    for (const words of title) await library.prepare('title', words + ELLIPSIS);
    for (const words of text) await library.prepare('text', words + ELLIPSIS);
  }
  const info = { title: views[0]?.title ?? '', author: views[0]?.organizer ?? '', locale: options.locale };
  return printSheet(library, info, (sheet) => {
    const pictures = { picture: openPicture(sheet, options.picture), logo: openPicture(sheet, options.logo) };
    for (const view of views) DRAW[options.format](sheet, view, pictures);
  });
}
