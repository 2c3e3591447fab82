export type TurnLimits = { atOnceMax: number; waitingMax: number; waitMaxMs: number };

/** Work that takes turns: at most so many at once, at most so many waiting and for so long, first come first served. */
export type Turns = {
  /** A turn that must be ended, or null if too many wait already or the wait was too long. */
  take(): Promise<{ end(): void } | null>;
};

export function buildTurns({ atOnceMax, waitingMax, waitMaxMs }: TurnLimits): Turns {
  const waiting = new Set<() => void>();
  let running = 0;
  const end = (): void => {
    const [next] = waiting;
    // A turn that is handed on keeps its place, so that nobody slips in between.
    if (next) next();
    else running -= 1;
  };
  const wait = (): Promise<{ end(): void } | null> =>
    new Promise((resolve) => {
      const impatience = setTimeout(() => {
        waiting.delete(begin);
        resolve(null);
      }, waitMaxMs);
      const begin = (): void => {
        waiting.delete(begin);
        clearTimeout(impatience);
        resolve({ end });
      };
      waiting.add(begin);
    });
  return {
    take: async () => {
      if (running >= atOnceMax) return waiting.size >= waitingMax ? null : wait();
      running += 1;
      return { end };
    },
  };
}
