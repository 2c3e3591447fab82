import type { Random } from '../../platform/random.ts';

const FIRST_MS = 1_000;
const MOST_MS = 300_000;

/** How long to wait after the `tries`th try: twice as long each time, up to five minutes, give or take half so that servers do not step together. */
export function backoffMs(tries: number, random: Random): number {
  return Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(tries - 1, 20)) * (0.5 + random());
}
