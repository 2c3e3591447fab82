/** Timers that end together. */
export type Timers = {
  /** Calls back after so long; at once when there is nothing to wait for. */
  after(ms: number, then: () => void): void;
  close(): void;
};

export function buildTimers(): Timers {
  const timers = new Set<NodeJS.Timeout>();
  let isClosed = false;
  return {
    after: (ms, then) => {
      if (isClosed) return;
      if (ms <= 0) {
        then();
        return;
      }
      const timer = setTimeout(() => {
        timers.delete(timer);
        then();
      }, ms);
      timers.add(timer);
    },
    close: () => {
      isClosed = true;
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
