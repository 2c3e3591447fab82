/** Work that takes turns: at most so many at once, at most so many waiting, first come first served. */
export type Turns = {
  /** A turn that must be ended, or null if too many wait already. */
  take(): Promise<{ end(): void } | null>;
};

export function buildTurns(atOnceMax: number, waitingMax: number): Turns {
  const waiting: (() => void)[] = [];
  let running = 0;
  const end = () => {
    const next = waiting.shift();
    // A turn that is handed on keeps its place, so that nobody slips in between.
    if (next) next();
    else running -= 1;
  };
  return {
    take: async () => {
      if (running < atOnceMax) running += 1;
      else if (waiting.length >= waitingMax) return null;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      return { end };
    },
  };
}
