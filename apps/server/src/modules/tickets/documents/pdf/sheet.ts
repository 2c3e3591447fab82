import type { FontLibrary } from '../fonts/font-library.ts';
import { gatherFonts, type EmbeddedFonts } from './embedded-fonts.ts';

/** What pages are drawn on: a document with its fonts. */
export type Sheet = { document: PDFKit.PDFDocument; library: FontLibrary; fonts: EmbeddedFonts };
export type SheetInfo = { title: string; author: string; locale: string };

/** pdfkit wants a time. There is none in what is printed, and the same words shall be the same bytes: it is kept, and not written. */
const NO_TIME = new Date(0);

/** Draws a document and gives its bytes. The same input gives the same bytes. */
export async function printSheet(library: FontLibrary, info: SheetInfo, draw: (sheet: Sheet) => void): Promise<Buffer> {
  const { default: Document } = await import('pdfkit');
  const document = new Document({
    autoFirstPage: false,
    // Pages are numbered when all are drawn.
    bufferPages: true,
    margin: 0,
    // The fonts are ours: see embedded-fonts.ts.
    font: '',
    // Later versions get a second copy of the title as XML, unescaped.
    pdfVersion: '1.3',
    lang: info.locale,
    displayTitle: true,
    info: { Title: info.title, Author: info.author, Creator: 'Tessera', Producer: 'Tessera', CreationDate: NO_TIME },
  });
  Object.defineProperty(document.info, 'CreationDate', { value: NO_TIME, enumerable: false });
  const chunks: Buffer[] = [];
  document.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((resolve, reject) => document.on('end', resolve).on('error', reject));
  const fonts = gatherFonts(document, library);
  draw({ document, library, fonts });
  fonts.embed();
  document.end();
  await ended;
  return Buffer.concat(chunks);
}
