import { HAIRLINE, INK, PAPER, QUIET } from '../pdf/colours.ts';
import { A4 } from '../pdf/paper.ts';
import { drawCover, drawLogo, type Picture } from '../pdf/pictures.ts';
import { drawQrCode } from '../pdf/qr-code.ts';
import type { Sheet } from '../pdf/sheet.ts';
import { HEADING, SMALL, STRONG, TITLE } from '../pdf/styles.ts';
import type { Fits } from '../text/lay-text.ts';
import { drawTestBand, drawTestMark } from '../pdf/test-mark.ts';
import { inSizes, write } from '../pdf/write.ts';
import { drawDetails, drawFact, drawNotes, drawPerforation } from './parts.ts';
import type { TicketView } from './ticket-view.ts';

export type Pictures = { picture: Picture | null; logo: Picture | null };

const CARD = { x: 40, y: 40, widthPt: A4.widthPt - 80 };
const RADIUS = 10;
const PADDING = 30;
const INNER = { x: CARD.x + PADDING, widthPt: CARD.widthPt - 2 * PADDING };
const GAP = 28;
const PICTURE_HEIGHT = 120;
const TITLE_FITS: Fits = [...inSizes(2, 34, 28), ...inSizes(3, 24, 19)];
const BAR_HEIGHT = 6;
/**
 * 63 mm with the quiet zone: 220 characters of base 64 are 61 modules of 0.9 mm. Through a camera’s eye (unsharp, noisy, turned) codes scan
 * from 3 to 4 pixels a module, whatever the correction; a phone’s sees about 6 pixels a millimetre from 20 cm, and 4 from 30 cm.
 */
const QR_SIZE_PT = 180;

export function drawA4Page(sheet: Sheet, view: TicketView, pictures: Pictures): void {
  const { document } = sheet;
  document.addPage({ size: [A4.widthPt, A4.heightPt], margin: 0 });
  if (view.test !== null) drawTestMark(sheet, view.test.short, { x: A4.widthPt / 2, y: 300, sizePt: 150 });
  let y = drawTop(sheet, view, pictures);
  y = drawHead(sheet, view, { y: y + PADDING - 6, logo: pictures.logo });
  y = drawFacts(sheet, view, y + 22) + 26;
  const perforation = y;
  y = drawStub(sheet, view, perforation + 24) + 24;
  document
    .lineWidth(0.75)
    .roundedRect(CARD.x, CARD.y, CARD.widthPt, y - CARD.y, RADIUS)
    .stroke(HAIRLINE);
  drawPerforation(sheet, { ...CARD, y: perforation, ground: PAPER });
  drawFoot(sheet, view, y + 24);
}

/** A picture across the card, or a bar in the organizer’s colour. */
function drawTop({ document, ...sheet }: Sheet, view: TicketView, { picture }: Pictures): number {
  const heightPt = picture === null ? BAR_HEIGHT : PICTURE_HEIGHT;
  document
    .save()
    .roundedRect(CARD.x, CARD.y, CARD.widthPt, heightPt + RADIUS, RADIUS)
    .clip();
  document.rect(CARD.x, CARD.y, CARD.widthPt, heightPt).fill(view.accent);
  if (picture !== null) drawCover({ document, ...sheet }, picture, { ...CARD, heightPt });
  document.restore();
  return CARD.y + heightPt;
}

function drawHead(sheet: Sheet, view: TicketView, { y, logo }: { y: number; logo: Picture | null }): number {
  let from = y;
  if (view.test !== null) from = drawTestBand(sheet, view.test, { ...INNER, y }) + 16;
  if (logo !== null) drawLogo(sheet, logo, { x: INNER.x + INNER.widthPt - 120, y: from - 8, widthPt: 120, heightPt: 32 });
  write(sheet, view.organizer, { x: INNER.x, widthPt: INNER.widthPt - 140, y: from }, { style: STRONG, colour: QUIET });
  if (logo === null)
    write(sheet, view.count, { x: INNER.x + INNER.widthPt - 130, widthPt: 130, y: from }, { style: STRONG, colour: QUIET, align: 'right' });
  return write(sheet, view.title, { ...INNER, y: from + 26 }, { style: TITLE, fits: TITLE_FITS, align: 'natural' });
}

function drawFacts(sheet: Sheet, view: TicketView, y: number): number {
  const widthPt = (INNER.widthPt - GAP) / 2;
  const options = { fits: inSizes(3, 14, 12.5, 11) };
  const when = drawFact(sheet, view.when, { x: INNER.x, widthPt, y }, options);
  const where = drawFact(sheet, view.where, { x: INNER.x + widthPt + GAP, widthPt, y }, options);
  return Math.max(when, where);
}

function drawStub(sheet: Sheet, view: TicketView, y: number): number {
  drawQrCode(sheet, view.modules, { x: INNER.x - 8, y, sizePt: QR_SIZE_PT });
  const x = INNER.x + QR_SIZE_PT + GAP - 8;
  const column = { x, widthPt: INNER.x + INNER.widthPt - x };
  const admits = drawFact(sheet, view.admits, { ...column, y: y + 6 }, { fits: inSizes(2, 19, 16, 13) });
  return Math.max(y + QR_SIZE_PT, drawDetails(sheet, view.details, { ...column, y: admits + 16 }, 20));
}

function drawFoot(sheet: Sheet, view: TicketView, y: number): void {
  const bottom = A4.heightPt - CARD.y;
  const title = write(sheet, view.notesTitle, { ...INNER, y }, { style: { ...HEADING, sizePt: 11 }, colour: INK }) + 6;
  drawNotes(sheet, view.notes, { ...INNER, y: title, colour: view.accent, yMax: bottom - 24 });
  if (view.questions !== null) write(sheet, view.questions, { ...INNER, y: bottom - 13 }, { style: SMALL, colour: QUIET });
}
