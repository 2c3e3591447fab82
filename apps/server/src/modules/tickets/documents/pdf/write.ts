import { fitText, layText, type Fits, type TextStyle } from '../text/lay-text.ts';
import { INK } from './colours.ts';
import { drawText, type Place } from './draw-text.ts';
import type { Sheet } from './sheet.ts';

export type Column = { x: number; widthPt: number };
export type Writing = {
  style: TextStyle;
  colour?: string;
  align?: Place['align'];
  /** Tried from the first; without any it is one line in the style’s own size. */
  fits?: Fits;
};

/** Writes a text into a column from `y` downwards, and gives where it ends. */
export function write(sheet: Sheet, text: string, at: Column & { y: number }, writing: Writing): number {
  const { style, colour = INK, align = 'left', fits = [{ sizePt: style.sizePt, linesMax: 1 }] } = writing;
  const block = fitText(sheet.library, text, style, { widthPt: at.widthPt, fits });
  return at.y + drawText(sheet, block, { x: at.x, y: at.y, colour, align, widthPt: at.widthPt });
}

/** How wide a text is on one line. */
export function widthOf(sheet: Sheet, text: string, style: TextStyle): number {
  return layText(sheet.library, text, style, { widthPt: Number.POSITIVE_INFINITY, linesMax: 1 }).lines[0]?.widthPt ?? 0;
}

/** The same number of lines in sizes from the largest. */
export function inSizes(linesMax: number, largest: number, ...smaller: readonly number[]): Fits {
  return [{ sizePt: largest, linesMax }, ...smaller.map((sizePt) => ({ sizePt, linesMax }))];
}
