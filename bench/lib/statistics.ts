import { invariant } from '../../apps/server/src/platform/invariant.ts';

/** The middle value; the mean of the two in the middle of an even number. */
export function median(values: readonly number[]): number {
  invariant(values.length > 0, 'a median is of at least one value');
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

const SPREAD_ROUNDS_MIN = 3;

/** How far rounds lie apart: highest minus lowest, in per cent of the median. Null for too few rounds to tell. */
export function spreadPct(values: readonly number[]): number | null {
  if (values.length < SPREAD_ROUNDS_MIN) return null;
  return rounded(((Math.max(...values) - Math.min(...values)) / median(values)) * 100, 1);
}

export function rounded(value: number, digits: number): number {
  const scale = 10 ** digits;
  return Math.round(value * scale) / scale;
}
