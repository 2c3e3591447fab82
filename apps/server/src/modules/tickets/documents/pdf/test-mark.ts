import { AMBER, AMBER_GROUND, AMBER_PALE, INK } from './colours.ts';
import type { Sheet } from './sheet.ts';
import { BODY, STRONG } from './styles.ts';
import { inSizes, widthOf, write, type Column } from './write.ts';

export type TestWords = { short: string; long: string };

/** A band across the ticket, in words and not by colour alone. */
export function drawTestBand(sheet: Sheet, test: TestWords, at: Column & { y: number }): number {
  const height = 26;
  const short = widthOf(sheet, test.short, STRONG);
  sheet.document.roundedRect(at.x, at.y, at.widthPt, height, 6).fill(AMBER_GROUND);
  write(sheet, test.short, { x: at.x + 12, widthPt: short + 1, y: at.y + 5.6 }, { style: STRONG, colour: AMBER });
  write(
    sheet,
    test.long,
    { x: at.x + 22 + short, widthPt: at.widthPt - short - 32, y: at.y + 5.6 },
    { style: BODY, fits: inSizes(1, 10.5, 9, 8), colour: INK },
  );
  return at.y + height;
}

/** The same word large and pale behind everything, so that a cut-out does not lose it. */
export function drawTestMark(sheet: Sheet, word: string, centre: { x: number; y: number; sizePt: number }): void {
  const style = { ...STRONG, sizePt: centre.sizePt, leading: 1 };
  const widthPt = widthOf(sheet, word, style) + 1;
  sheet.document.save();
  sheet.document.rotate(-16, { origin: [centre.x, centre.y] });
  write(sheet, word, { x: centre.x - widthPt / 2, y: centre.y - centre.sizePt / 2, widthPt }, { style, colour: AMBER_PALE });
  sheet.document.restore();
}
