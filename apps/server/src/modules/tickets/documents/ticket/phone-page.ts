import { BONE, HAIRLINE, PAPER, QUIET } from '../pdf/colours.ts';
import { drawCover, drawLogo } from '../pdf/pictures.ts';
import { drawQrCode } from '../pdf/qr-code.ts';
import type { Sheet } from '../pdf/sheet.ts';
import { BODY, SMALL, STRONG, TITLE } from '../pdf/styles.ts';
import { drawTestBand, drawTestMark } from '../pdf/test-mark.ts';
import { inSizes, write } from '../pdf/write.ts';
import type { Pictures } from './a4-page.ts';
import { drawDetails, drawFact, drawPerforation } from './parts.ts';
import type { TicketView } from './ticket-view.ts';

/** As wide and high as a phone’s screen in its own units, so that it is seen whole without zooming. */
export const PHONE = { widthPt: 360, heightPt: 780 };
const CARD = { x: 14, y: 14, widthPt: PHONE.widthPt - 28, heightPt: PHONE.heightPt - 28 };
const PADDING = 20;
const INNER = { x: CARD.x + PADDING, widthPt: CARD.widthPt - 2 * PADDING };
const BAR_HEIGHT = 6;
const PICTURE_HEIGHT = 70;
/** Where the band of a test ticket takes its room. */
const LOW_PICTURE_HEIGHT = 44;
/** On a phone of 65 mm about 49 mm: 220 characters of base 64 are 61 modules of 0.7 mm, each 12 pixels of a screen with three a unit. */
const QR_SIZE_PT = 272;
/** Where the stub begins: the code is at the same place on every ticket, whatever the words above it need. */
const PERFORATION_Y = 316;
const LARGE_TITLE = inSizes(2, 26, 22, 19, 16);
const SMALL_TITLE = inSizes(2, 20, 17, 15);
/** A label and its first line, and what is left between two of them. */
const FACT_HEIGHT = 40;
const FACTS_GAP = 10;

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
  const pictureHeight = view.test === null ? PICTURE_HEIGHT : LOW_PICTURE_HEIGHT;
  const heightPt = picture === null ? BAR_HEIGHT : pictureHeight;
  document
    .save()
    .roundedRect(CARD.x, CARD.y, CARD.widthPt, heightPt + 10, 10)
    .clip();
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
  const fits = view.test === null && top < 60 ? LARGE_TITLE : SMALL_TITLE;
  y = write(sheet, view.title, { ...INNER, y: y + 22 }, { style: TITLE, fits, align: 'natural' });
  drawFacts(sheet, view, y + 12);
}

/** When and where, with as many of their lines as there is room for. */
function drawFacts(sheet: Sheet, view: TicketView, y: number): void {
  const options = { fits: inSizes(1, 13, 11.5, 10), moreFits: inSizes(1, BODY.sizePt) };
  const room = Math.floor((PERFORATION_Y - 18 - y - 2 * FACT_HEIGHT) / (BODY.sizePt * BODY.leading));
  const hours = view.when.more.slice(0, Math.max(1, room - Math.min(2, view.where.more.length)));
  const address = view.where.more.slice(0, Math.max(0, room - hours.length));
  const end = drawFact(sheet, { ...view.when, more: hours }, { ...INNER, y }, options);
  drawFact(sheet, { ...view.where, more: address }, { ...INNER, y: end + FACTS_GAP }, options);
}

function drawStub(sheet: Sheet, view: TicketView): void {
  const y = PERFORATION_Y + 6;
  drawQrCode(sheet, view.modules, { x: (PHONE.widthPt - QR_SIZE_PT) / 2, y, sizePt: QR_SIZE_PT });
  const admits = drawFact(sheet, view.admits, { ...INNER, y: y + QR_SIZE_PT - 2 }, { fits: inSizes(2, 17, 14, 12) });
  drawDetails(sheet, view.details, { ...INNER, y: admits + 8 }, 16);
  const note = view.notes.at(-3) ?? '';
  write(sheet, note, { ...INNER, y: CARD.y + CARD.heightPt - 21 }, { style: SMALL, fits: inSizes(1, 8, 7), colour: QUIET });
}
