import { CLAY, HAIRLINE, INK, QUIET } from '../pdf/colours.ts';
import { A4 } from '../pdf/paper.ts';
import { drawLogo, type Picture } from '../pdf/pictures.ts';
import type { Sheet } from '../pdf/sheet.ts';
import { BODY, FIGURES, LABEL, SMALL, STRONG, STRONG_FIGURES, TITLE } from '../pdf/styles.ts';
import { drawTestBand, drawTestMark } from '../pdf/test-mark.ts';
import { inSizes, write, type Column } from '../pdf/write.ts';
import type { ReceiptView, Sum } from './receipt-view.ts';

const MARGIN = 56;
const INNER: Column = { x: MARGIN, widthPt: A4.widthPt - 2 * MARGIN };
const FOOT_Y = A4.heightPt - MARGIN;
const QUANTITY_WIDTH = 60;
const AMOUNT_WIDTH = 92;
const ROW_GAP = 7;
const COLUMNS = layColumns();
/** Sums stand under the amounts, with their words to the left of them. */
const SUM_WORDS: Column = { x: INNER.x + 150, widthPt: INNER.widthPt - 150 - AMOUNT_WIDTH - 12 };

/** A pen that begins another page where a row has no room left. */
type Pen = { sheet: Sheet; view: ReceiptView; y: number };

export function drawReceiptPages(sheet: Sheet, view: ReceiptView, logo: Picture | null): void {
  const pen: Pen = { sheet, view, y: 0 };
  startPage(pen);
  drawHead(pen, logo);
  drawParties(pen);
  drawTable(pen);
  drawSums(pen);
  drawNotes(pen);
}

function layColumns(): { item: Column; quantity: Column; unitPrice: Column; amount: Column } {
  const right = INNER.x + INNER.widthPt;
  const amount = { x: right - AMOUNT_WIDTH, widthPt: AMOUNT_WIDTH };
  const unitPrice = { x: amount.x - AMOUNT_WIDTH, widthPt: AMOUNT_WIDTH };
  const quantity = { x: unitPrice.x - QUANTITY_WIDTH, widthPt: QUANTITY_WIDTH };
  return { item: { x: INNER.x, widthPt: quantity.x - INNER.x - 12 }, quantity, unitPrice, amount };
}

function startPage(pen: Pen): void {
  const { sheet, view } = pen;
  sheet.document.addPage({ size: [A4.widthPt, A4.heightPt], margin: 0 });
  sheet.document.rect(MARGIN, 40, 28, 3).fill(CLAY);
  pen.y = MARGIN + 8;
  if (view.test === null) return;
  drawTestMark(sheet, view.test.short, { x: A4.widthPt / 2, y: A4.heightPt / 2, sizePt: 160 });
  pen.y = drawTestBand(sheet, view.test, { ...INNER, y: pen.y }) + 18;
}

/** Room for so much, on this page or the next. */
function need(pen: Pen, heightPt: number): void {
  if (pen.y + heightPt > FOOT_Y - 20) startPage(pen);
}

function drawHead(pen: Pen, logo: Picture | null): void {
  const { sheet, view } = pen;
  const right = { x: INNER.x + INNER.widthPt - 210, widthPt: 210 };
  if (logo !== null) drawLogo(sheet, logo, { x: right.x + 90, y: pen.y, widthPt: 120, heightPt: 32 });
  let y = write(sheet, view.organizer, { x: INNER.x, widthPt: 250, y: pen.y }, { style: STRONG, fits: inSizes(2, 12, 10.5) }) + 2;
  for (const line of view.imprint) y = write(sheet, line, { x: INNER.x, widthPt: 250, y }, { style: SMALL, colour: QUIET });
  pen.y = Math.max(y, pen.y + (logo === null ? 0 : 40)) + 34;
  pen.y = write(sheet, view.title, { ...INNER, y: pen.y }, { style: TITLE }) + 14;
}

function drawParties(pen: Pen): void {
  const { sheet, view } = pen;
  const half = (INNER.widthPt - 28) / 2;
  let left = pen.y;
  for (const { label, value } of view.facts) {
    write(sheet, label, { x: INNER.x, widthPt: 74, y: left }, { style: BODY, colour: QUIET });
    left = write(sheet, value, { x: INNER.x + 78, widthPt: half - 78, y: left }, { style: BODY, fits: inSizes(1, 10.5, 9, 8) }) + 2;
  }
  let right = pen.y;
  const column = { x: INNER.x + half + 28, widthPt: half };
  if (view.buyer !== null) {
    right = write(sheet, view.buyer.label, { ...column, y: right }, { style: LABEL, colour: QUIET }) + 2;
    for (const line of view.buyer.lines) right = write(sheet, line, { ...column, y: right }, { style: BODY, fits: inSizes(2, 10.5) });
  }
  pen.y = Math.max(left, right) + 20;
  write(sheet, view.event.label, { ...INNER, y: pen.y }, { style: LABEL, colour: QUIET });
  pen.y = write(sheet, view.event.value, { ...INNER, y: pen.y + 13 }, { style: STRONG, fits: inSizes(3, 10.5) }) + 22;
}

function drawTable(pen: Pen): void {
  drawHeads(pen);
  for (const row of pen.view.rows) {
    const page = pen.sheet.document.page;
    need(pen, 36);
    if (pen.sheet.document.page !== page) drawHeads(pen);
    const { sheet, y } = pen;
    write(sheet, row.quantity, { ...COLUMNS.quantity, y }, { style: FIGURES, align: 'right' });
    write(sheet, row.unitPrice, { ...COLUMNS.unitPrice, y }, { style: FIGURES, align: 'right', fits: inSizes(1, 10, 8) });
    write(sheet, row.amount, { ...COLUMNS.amount, y }, { style: FIGURES, align: 'right', fits: inSizes(1, 10, 8) });
    pen.y = write(sheet, row.item, { ...COLUMNS.item, y }, { style: { ...BODY, sizePt: 10 }, fits: inSizes(2, 10) }) + ROW_GAP;
    drawRule(pen);
  }
}

function drawHeads(pen: Pen): void {
  const { sheet, y, view } = pen;
  for (const key of ['quantity', 'unitPrice', 'amount'] as const) {
    write(sheet, view.heads[key], { ...COLUMNS[key], y }, { style: LABEL, colour: QUIET, align: 'right' });
  }
  pen.y = write(sheet, view.heads.item, { ...COLUMNS.item, y }, { style: LABEL, colour: QUIET }) + ROW_GAP - 2;
  drawRule(pen);
}

function drawRule(pen: Pen): void {
  const { document } = pen.sheet;
  document
    .lineWidth(0.75)
    .moveTo(INNER.x, pen.y)
    .lineTo(INNER.x + INNER.widthPt, pen.y)
    .stroke(HAIRLINE);
  pen.y += ROW_GAP;
}

function drawSums(pen: Pen): void {
  const { view } = pen;
  for (const sum of view.extras) drawSum(pen, sum, 'plain');
  pen.y += 4;
  drawSum(pen, view.total, 'large');
  if (view.included !== null) {
    drawSum(pen, { label: view.included.label, amount: '' }, 'quiet');
    for (const sum of view.included.sums) drawSum(pen, sum, 'quiet');
  }
  if (view.money.length === 0) return;
  pen.y += 10;
  drawRule(pen);
  for (const sum of view.money) drawSum(pen, sum, 'plain');
  if (view.remaining !== null) drawSum(pen, view.remaining, 'strong');
}

type Weight = 'plain' | 'quiet' | 'strong' | 'large';

function drawSum(pen: Pen, { label, amount }: Sum, weight: Weight): void {
  need(pen, 36);
  const isStrong = weight === 'strong' || weight === 'large';
  const sizePt = weight === 'large' ? 14 : weight === 'quiet' ? 9 : 10;
  const style = { ...(isStrong ? STRONG_FIGURES : FIGURES), sizePt };
  const colour = weight === 'quiet' ? QUIET : INK;
  const { sheet, y } = pen;
  write(sheet, amount, { ...COLUMNS.amount, y }, { style, colour, align: 'right', fits: inSizes(1, sizePt, 9, 7.5) });
  pen.y =
    write(sheet, label, { ...SUM_WORDS, y }, { style, colour, align: 'right', fits: inSizes(2, sizePt) }) + (weight === 'quiet' ? 1 : 4);
}

function drawNotes(pen: Pen): void {
  pen.y += 18;
  for (const note of pen.view.notes) {
    need(pen, 60);
    pen.y = write(pen.sheet, note, { ...INNER, y: pen.y }, { style: SMALL, colour: QUIET, fits: inSizes(4, 9), align: 'natural' }) + 4;
  }
}
