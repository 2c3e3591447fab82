/** A number in [0, 1) for jitter, never for secrets. A dependency like the clock, so that a simulation can give its own. */
export type Random = () => number;

export const systemRandom: Random = () => Math.random();
