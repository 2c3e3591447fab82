import type { Line, TextBlock } from '../text/lay-text.ts';
import type { Glyph, ShapedRun } from '../text/shape.ts';
import type { EmbeddedFont } from './embedded-fonts.ts';
import { inRgb } from './colours.ts';
import type { Sheet } from './sheet.ts';

export type Place = { x: number; y: number; colour: string; align?: 'left' | 'right' | 'centre' | 'natural'; widthPt?: number };

/** Where in its line the letters stand: the part of the leading above the baseline. */
const BASELINE = 0.74;

/** Draws a block with its upper left corner at a place, and gives the height that it took. */
export function drawText(sheet: Sheet, block: TextBlock, place: Place): number {
  const { sizePt, leading } = block.style;
  for (const [index, line] of block.lines.entries()) {
    const y = place.y + (index * leading + (leading - 1) / 2 + BASELINE + 0.06) * sizePt;
    drawLine(sheet, line, { x: place.x + indent(line, block, place), y, sizePt, colour: place.colour });
  }
  return block.heightPt;
}

function indent(line: Line, { isRightToLeft }: TextBlock, { align = 'left', widthPt = 0 }: Place): number {
  const free = widthPt - line.widthPt;
  if (align === 'centre') return free / 2;
  return align === 'right' || (align === 'natural' && isRightToLeft) ? free : 0;
}

type Start = { x: number; y: number; sizePt: number; colour: string };

function drawLine({ document, fonts }: Sheet, line: Line, { x, y, sizePt, colour }: Start): void {
  let at = x;
  // pdfkit’s pages count downwards; letters stand upright in a PDF’s own, upward coordinates.
  const operators = [`q 1 0 0 -1 0 ${number(document.page.height)} cm BT ${inRgb(colour)} rg`];
  for (const run of line.runs) {
    const font = fonts.use(run.face, run.weight);
    operators.push(
      `/${font.name} ${number(sizePt)} Tf 1 0 0 1 ${number(at)} ${number(document.page.height - y)} Tm`,
      ...showRun(run, font, sizePt),
    );
    at += (run.advance * sizePt) / 1000;
  }
  operators.push('ET Q');
  document.addContent(operators.join('\n'));
  drawBoxes(document, line, { x, y, sizePt, colour });
}

/** A box for each character that no font has. */
function drawBoxes(document: Sheet['document'], { runs }: Line, { x, y, sizePt, colour }: Start): void {
  let at = x;
  for (const glyph of runs.flatMap(({ glyphs }) => glyphs)) {
    if (glyph.id === 0)
      document
        .lineWidth(0.05 * sizePt)
        .rect(at + 0.08 * sizePt, y - 0.7 * sizePt, 0.48 * sizePt, 0.7 * sizePt)
        .stroke(colour);
    at += (glyph.advance * sizePt) / 1000;
  }
}

/** The operators that show a run: codes, and between them how far the next one is moved; a raised glyph begins a new array. */
function showRun(run: ShapedRun, font: EmbeddedFont, sizePt: number): string[] {
  const shown: string[] = [];
  let rise = 0;
  let array: string[] = [];
  const flush = () => {
    if (array.length > 0) shown.push(`[${array.join('')}] TJ`);
    array = [];
  };
  for (const glyph of run.glyphs) {
    if (glyph.dy !== rise) {
      flush();
      rise = glyph.dy;
      shown.push(`${number((rise * sizePt) / 1000)} Ts`);
    }
    array.push(move(glyph.dx), `<${font.codeOf(glyph).toString(16).padStart(4, '0')}>`, move(restOf(glyph)));
  }
  flush();
  if (rise !== 0) shown.push('0 Ts');
  return shown;
}

function restOf({ advance, dx, width }: Glyph): number {
  return advance - dx - width;
}

/** A TJ array moves to the left by positive numbers. */
function move(thousandths: number): string {
  return Math.abs(thousandths) < 0.5 ? '' : number(-thousandths);
}

function number(value: number): string {
  return String(Math.round(value * 100) / 100);
}
