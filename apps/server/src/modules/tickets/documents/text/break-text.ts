import { clustersOf } from './clean-text.ts';

const words = new Intl.Segmenter('en', { granularity: 'word' });
/** Scripts that write words without spaces between them. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]$/u;
const BREAKS_BEHIND = /[\s\-–—/\u3001\u3002\uff01\uff0c\uff1a\uff1b\uff1f]$/u;
const STARTS_UNSPACED =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const NO_BREAK_SPACE = /[\u00a0\u202f]$/u;

/** The pieces between which a line may end, together the text. */
export function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  for (const { segment } of words.segment(text)) {
    const last = pieces.at(-1);
    if (last === undefined || mayBreak(last, segment)) pieces.push(segment);
    else pieces[pieces.length - 1] = last + segment;
  }
  return pieces;
}

function mayBreak(before: string, after: string): boolean {
  if (NO_BREAK_SPACE.test(before) || /^\s/u.test(after)) return false;
  if (BREAKS_BEHIND.test(before)) return /^[\s\p{L}\p{N}\p{Ps}\p{Pi}\p{S}]/u.test(after);
  return UNSPACED.test(before) && STARTS_UNSPACED.test(after);
}

export type Measure = (text: string) => number;

/**
 * Ranges of the text that fit a width each, without the spaces at their ends. A piece that is too wide is cut where it must be. Widths are
 * summed over pieces, so that each word is measured once.
 */
export function breakLines(text: string, width: number, measure: Measure): { start: number; end: number }[] {
  const lines: { start: number; end: number }[] = [];
  let line = { start: 0, end: 0, width: 0 };
  const close = () => {
    if (line.end > line.start) lines.push({ start: line.start, end: line.start + text.slice(line.start, line.end).trimEnd().length });
    line = { start: line.end, end: line.end, width: 0 };
  };
  const add = (piece: string) => {
    if (line.width + measure(piece.trimEnd()) > width) close();
    line = { ...line, end: line.end + piece.length, width: line.width + measure(piece) };
  };
  for (const piece of piecesOf(text)) {
    if (measure(piece.trimEnd()) <= width) add(piece);
    else for (const cluster of clustersOf(piece)) add(cluster);
  }
  close();
  return lines;
}
