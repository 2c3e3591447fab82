import { openFontLibrary } from '../fonts/font-library.ts';
import { QUIET } from '../pdf/colours.ts';
import { A4 } from '../pdf/paper.ts';
import { openPicture } from '../pdf/pictures.ts';
import { printSheet, type Sheet } from '../pdf/sheet.ts';
import { SMALL } from '../pdf/styles.ts';
import { write } from '../pdf/write.ts';
import type { ReceiptDocument, ReceiptOptions } from '../receipt-document.ts';
import { ELLIPSIS } from '../text/lay-text.ts';
import { drawReceiptPages } from './receipt-pages.ts';
import { textsOf, viewReceipt } from './receipt-view.ts';
import { RECEIPT_WORDS } from './receipt-words.ts';

/** A receipt or invoice as a PDF on A4, as many pages as its lines need. Sums are printed as they are given. The same input gives the same bytes. */
export async function renderReceiptPdf(receipt: ReceiptDocument, options: ReceiptOptions): Promise<Buffer> {
  const { locale } = options;
  const library = await openFontLibrary();
  const view = viewReceipt(receipt, locale);
  const { title, text } = textsOf(view);
  for (const words of title) await library.prepare('title', words + ELLIPSIS);
  for (const words of [...text, RECEIPT_WORDS[locale].page(1234567890, 1)]) await library.prepare('text', words + ELLIPSIS);
  const info = { title: `${view.title} ${view.facts[0]?.value ?? ''}`, author: view.organizer, locale };
  return printSheet(library, info, (sheet) => {
    drawReceiptPages(sheet, view, openPicture(sheet, options.logo));
    numberPages(sheet, RECEIPT_WORDS[locale].page);
  });
}

/** Written last, when it is known how many there are; one page needs no number. */
function numberPages(sheet: Sheet, words: (number: number, of: number) => string): void {
  const { start, count } = sheet.document.bufferedPageRange();
  for (let index = 0; index < count && count > 1; index += 1) {
    sheet.document.switchToPage(start + index);
    write(
      sheet,
      words(index + 1, count),
      { x: 56, widthPt: A4.widthPt - 112, y: A4.heightPt - 50 },
      { style: SMALL, colour: QUIET, align: 'right' },
    );
  }
}
