import { BONE, HAIRLINE, PAPER, QUIET } from '../pdf/colours.ts';
import { drawCover, drawLogo } from '../pdf/pictures.ts';
import { drawQrCode } from '../pdf/qr-code.ts';
import type { Sheet } from '../pdf/sheet.ts';
import { SMALL, STRONG, TITLE } from '../pdf/styles.ts';
import { write } from '../pdf/write.ts';
import type { Pictures } from './a4-page.ts';
import { drawDetails, drawFact, drawPerforation, drawTestBand, drawTestMark } from './parts.ts';
import type { TicketView } from './ticket-view.ts';

/** As wide and high as a phone’s screen in its own units, so that it is seen whole without zooming. */
export const PHONE = { widthPt: 360, heightPt: 780 };
const CARD = { x: 14, y: 14, widthPt: PHONE.widthPt - 28, heightPt: PHONE.heightPt - 28 };
const PADDING = 20;
const INNER = { x: CARD.x + PADDING, widthPt: CARD.widthPt - 2 * PADDING };
const BAR_HEIGHT = 6;
const PICTURE_HEIGHT = 76;
/**
 * On a phone of 65 mm about 45 mm: 230 characters in base 64 are 61 modules with medium correction, 0.65 mm each, or 11 pixels of a screen
 * that has three for each unit.
 */
const QR_SIZE_PT = 252;
/** Where the stub begins: the code is at the same place on every ticket, whatever the words above it need. */
const PERFORATION_Y = 330;

export function drawPhonePage(sheet: Sheet, view: TicketView, pictures: Pictures): void {
  const { document } = sheet;
  document.addPage({ size: [PHONE.widthPt, PHONE.heightPt], margin: 0 });
  document.rect(0, 0, PHONE.widthPt, PHONE.heightPt).fill(BONE);
  document.lineWidth(0.75).roundedRect(CARD.x, CARD.y, CARD.widthPt, CARD.heightPt, 10).fillAndStroke(PAPER, HAIRLINE);
  if (view.test !== null) drawTestMark(sheet, view.test.short, { x: PHONE.widthPt / 2, y: 190, sizePt: 96 });
  const top = drawTop(sheet, view, pictures);
  drawHead(sheet, view, { top, logo: pictures.logo });
  drawPerforation(sheet, { ...CARD, y: PERFORATION_Y, ground: BONE });
  drawStub(sheet, view);
}

function drawTop(sheet: Sheet, view: TicketView, { picture }: Pictures): number {
  const { document } = sheet;
  const heightPt = picture === null ? BAR_HEIGHT : PICTURE_HEIGHT;
  document.save().roundedRect(CARD.x, CARD.y, CARD.widthPt, heightPt + 10, 10).clip();
  document.rect(CARD.x, CARD.y, CARD.widthPt, heightPt).fill(view.accent);
  if (picture !== null) drawCover(sheet, picture, { ...CARD, heightPt });
  document.restore();
  return CARD.y + heightPt;
}

function drawHead(sheet: Sheet, view: TicketView, { top, logo }: { top: number; logo: Pictures['logo'] }): void {
  let y = top + 14;
  if (view.test !== null) y = drawTestBand(sheet, view.test, { ...INNER, y }) + 10;
  if (logo !== null) drawLogo(sheet, logo, { x: INNER.x + INNER.widthPt - 80, y: y - 4, widthPt: 80, heightPt: 22 });
  else write(sheet, view.count, { x: INNER.x + INNER.widthPt - 92, widthPt: 92, y }, { style: STRONG, colour: QUIET, align: 'right' });
  write(sheet, view.organizer, { x: INNER.x, widthPt: INNER.widthPt - 100, y }, { style: STRONG, colour: QUIET });
  const sizesPt = view.test === null && top < 60 ? [26, 22, 19, 16] : [20, 17, 15];
  y = write(sheet, view.title, { ...INNER, y: y + 22 }, { style: TITLE, linesMax: 2, sizesPt, align: 'natural' });
  y = drawFact(sheet, { ...view.when, more: view.when.more.slice(0, 1) }, { ...INNER, y: y + 10 }, { linesMax: 1, sizesPt: [13, 11.5, 10] });
  const column = { x: INNER.x, widthPt: INNER.widthPt };
  drawFact(sheet, { ...view.where, more: view.where.more.slice(0, 1) }, { ...column, y: y + 8 }, { linesMax: 1, sizesPt: [13, 11.5, 10] });
}

function drawStub(sheet: Sheet, view: TicketView): void {
  const y = PERFORATION_Y + 8;
  drawQrCode(sheet, view.modules, { x: (PHONE.widthPt - QR_SIZE_PT) / 2, y, sizePt: QR_SIZE_PT });
  const admits = drawFact(sheet, view.admits, { ...INNER, y: y + QR_SIZE_PT }, { linesMax: 2, sizesPt: [17, 14, 12] });
  drawDetails(sheet, view.details, { ...INNER, y: admits + 10 }, 16);
  const note = view.notes.at(-3) ?? '';
  write(sheet, note, { ...INNER, y: CARD.y + CARD.heightPt - 24 }, { style: { ...SMALL, sizePt: 8 }, sizesPt: [8, 7], colour: QUIET });
}
