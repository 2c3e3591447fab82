import { ideographsOf, type IdeographsOf, type Voice } from '../fonts/families.ts';
import type { Weight } from '../fonts/face.ts';
import type { FontLibrary } from '../fonts/font-library.ts';
import { breakLines } from './break-text.ts';
import { clustersOf } from './clean-text.ts';
import { directionOf, inVisualOrder, runsOf, type Direction, type Run } from './runs.ts';
import { shapeRun, type ShapedRun } from './shape.ts';

export type TextStyle = { voice: Voice; weight: Weight; sizePt: number; leading: number; isTabular: boolean };
export type Line = { runs: readonly ShapedRun[]; widthPt: number };
export type TextBlock = { lines: readonly Line[]; style: TextStyle; heightPt: number; isRightToLeft: boolean; isWhole: boolean };
export type Fit = { sizePt: number; linesMax: number };
export type Fits = readonly [Fit, ...Fit[]];
export type Room = { widthPt: number; linesMax: number };

export const ELLIPSIS = '…';

/** Sets a clean text that was prepared into a room; what does not fit is cut off with an ellipsis. */
export function layText(library: FontLibrary, text: string, style: TextStyle, room: Room): TextBlock {
  const setting: Setting = { library, style, ideographs: ideographsOf(text), direction: directionOf(text) };
  const measure = (part: string): number => setLine(setting, part).widthPt;
  const ranges = breakLines(text, room.widthPt, measure);
  const isWhole = ranges.length <= room.linesMax;
  const runs = runsOf(library, setting, text);
  const lines = ranges.slice(0, room.linesMax).map(({ start, end }, index) => {
    if (isWhole || index < room.linesMax - 1) return setRuns(setting, text, within(runs, start, end));
    return setLine(setting, shorten(text.slice(start, end), room.widthPt, measure));
  });
  return { lines, style, heightPt: lines.length * style.sizePt * style.leading, isRightToLeft: setting.direction === 'rtl', isWhole };
}

/** The first of some fits in which the whole text has room; in the last it is cut off. */
export function fitText(
  library: FontLibrary,
  text: string,
  style: TextStyle,
  { widthPt, fits }: { widthPt: number; fits: Fits },
): TextBlock {
  const [{ sizePt, linesMax }, ...others] = fits;
  const block = layText(library, text, { ...style, sizePt }, { widthPt, linesMax });
  const [next, ...rest] = others;
  if (block.isWhole || next === undefined) return block;
  return fitText(library, text, style, { widthPt, fits: [next, ...rest] });
}

type Setting = { library: FontLibrary; style: TextStyle; ideographs: IdeographsOf; direction: Direction };

function setLine(setting: Setting, text: string): Line {
  return setRuns(setting, text, runsOf(setting.library, setting, text));
}

function setRuns({ library, style }: Setting, text: string, runs: readonly Run[]): Line {
  const shaped = inVisualOrder(runs).map(({ start, end, level, face }) =>
    shapeRun(library, {
      face,
      weight: style.weight,
      text: text.slice(start, end),
      isRightToLeft: (level & 1) === 1,
      isTabular: style.isTabular,
    }),
  );
  return { runs: shaped, widthPt: shaped.reduce((sum, { advance }) => sum + (advance * style.sizePt) / 1000, 0) };
}

function within(runs: readonly Run[], start: number, end: number): Run[] {
  return runs
    .filter((run) => run.start < end && run.end > start)
    .map((run) => ({ ...run, start: Math.max(run.start, start), end: Math.min(run.end, end) }));
}

function shorten(text: string, widthPt: number, measure: (text: string) => number): string {
  const clusters = clustersOf(text);
  while (clusters.length > 0 && measure(clusters.join('').trimEnd() + ELLIPSIS) > widthPt) clusters.pop();
  return clusters.join('').trimEnd() + ELLIPSIS;
}
