import { fitText, layText, type TextStyle } from '../text/lay-text.ts';
import { INK } from './colours.ts';
import { drawText, type Place } from './draw-text.ts';
import type { Sheet } from './sheet.ts';

export type Column = { x: number; widthPt: number };
export type Writing = {
  style: TextStyle;
  colour?: string;
  linesMax?: number;
  align?: Place['align'];
  /** Tried from the largest. */
  sizesPt?: readonly number[];
};

/** Writes a text into a column from `y` downwards, and gives where it ends. */
export function write(sheet: Sheet, text: string, at: Column & { y: number }, writing: Writing): number {
  const { style, colour = INK, linesMax = 1, align = 'left', sizesPt = [style.sizePt] } = writing;
  const block = fitText(sheet.library, text, style, { widthPt: at.widthPt, linesMax, sizesPt });
  return at.y + drawText(sheet, block, { x: at.x, y: at.y, colour, align, widthPt: at.widthPt });
}

/** How wide a text is on one line. */
export function widthOf(sheet: Sheet, text: string, style: TextStyle): number {
  return layText(sheet.library, text, style, { widthPt: Number.POSITIVE_INFINITY, linesMax: 1 }).lines[0]?.widthPt ?? 0;
}
