import { HAIRLINE, QUIET } from '../pdf/colours.ts';
import type { Sheet } from '../pdf/sheet.ts';
import { BODY, HEADING, LABEL, STRONG } from '../pdf/styles.ts';
import type { Fits } from '../text/lay-text.ts';
import { inSizes, write, type Column } from '../pdf/write.ts';
import type { Detail, Fact } from './ticket-view.ts';

/** Pieces that both formats are made of. Each is drawn from `y` downwards and gives where it ends. */
type At = Column & { y: number };

export function drawFact(sheet: Sheet, fact: Fact, at: At, options: { fits: Fits; moreFits?: Fits }): number {
  const { fits, moreFits = inSizes(2, BODY.sizePt) } = options;
  let y = write(sheet, fact.label, at, { style: LABEL, colour: QUIET }) + 2;
  y = write(sheet, fact.main, { ...at, y }, { style: HEADING, fits }) + (fact.more.length > 0 ? 2 : 0);
  for (const line of fact.more) y = write(sheet, line, { ...at, y }, { style: BODY, fits: moreFits });
  return y;
}

export function drawDetails(sheet: Sheet, details: readonly Detail[], at: At, gapPt: number): number {
  const columns = [0, 1].map((index): Column => {
    const widthPt = (at.widthPt - gapPt) / 2;
    return { x: at.x + index * (widthPt + gapPt), widthPt };
  });
  let { y } = at;
  for (let row = 0; row < details.length; row += 2) {
    const ends = details.slice(row, row + 2).map((detail, index) => drawDetail(sheet, detail, { ...(columns[index] ?? at), y }));
    y = Math.max(y, ...ends) + 10;
  }
  return y - 10;
}

function drawDetail(sheet: Sheet, { label, value }: Detail, at: At): number {
  const y = write(sheet, label, at, { style: LABEL, colour: QUIET }) + 1;
  return write(sheet, value, { ...at, y }, { style: STRONG, fits: inSizes(2, 10.5, 9.5) });
}

/** The edge where the old token would be broken: dots between two notches. Only tickets have it. */
export function drawPerforation({ document }: Sheet, { x, widthPt, y, ground }: At & { ground: string }): void {
  const radius = 8;
  for (const [centre, sweep] of [
    [x, 1],
    [x + widthPt, 0],
  ]) {
    // The ground's colour takes the card's edge away within the notch.
    document.rect((centre ?? 0) - 1, y - radius, 2, 2 * radius).fill(ground);
    const half = `M ${centre} ${y - radius} A ${radius} ${radius} 0 0 ${sweep} ${centre} ${y + radius}`;
    document.path(half).fill(ground);
    document.lineWidth(0.75).path(half).stroke(HAIRLINE);
  }
  document.save().lineWidth(1.5).lineCap('round').dash(0.01, { space: 6 });
  document
    .moveTo(x + radius + 6, y)
    .lineTo(x + widthPt - radius - 6, y)
    .stroke(HAIRLINE);
  document.restore();
}

export function drawNotes(sheet: Sheet, notes: readonly string[], at: At & { colour: string; yMax: number }): number {
  let { y } = at;
  for (const note of notes) {
    if (y + BODY.sizePt * BODY.leading > at.yMax) break;
    const linesMax = Math.max(1, Math.min(5, Math.floor((at.yMax - y) / (9.5 * BODY.leading))));
    sheet.document.circle(at.x + 2, y + 7, 1.2).fill(at.colour);
    y =
      write(sheet, note, { x: at.x + 12, widthPt: at.widthPt - 12, y }, { style: BODY, fits: inSizes(linesMax, 9.5), align: 'natural' }) +
      4;
  }
  return y;
}
