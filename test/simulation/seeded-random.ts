/** Random numbers that a seed repeats (mulberry32). */
export type SeededRandom = {
  /** A whole number from 0 up to, not including, `below`. */
  int(below: number): number;
  pick<Value>(values: readonly Value[]): Value;
  /** True in `percent` of a hundred cases. */
  chance(percent: number): boolean;
};

export function seedRandom(seed: number): SeededRandom {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (below: number): number => Math.floor(next() * below);
  return { int, pick: (values) => values[int(values.length)]!, chance: (percent) => next() * 100 < percent };
}
