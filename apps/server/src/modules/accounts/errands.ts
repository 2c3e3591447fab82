import type { Log } from '../../platform/telemetry/index.ts';

/** Work that goes on after its request was answered, so that the time of the answer tells nothing about it. */
export type Errands = {
  /** Begins it; false if too many are under way. What it throws is logged. */
  run(what: string, work: () => Promise<void>): boolean;
  /** Resolves when all have ended. */
  settled(): Promise<void>;
};

const ERRANDS_MAX = 200;

export function buildErrands(log: Log): Errands {
  const running = new Set<Promise<void>>();
  return {
    run: (what, work) => {
      if (running.size >= ERRANDS_MAX) return false;
      const errand = work()
        .catch((error: unknown) => log.warn({ err: error }, `${what} failed.`))
        .finally(() => running.delete(errand));
      running.add(errand);
      return true;
    },
    settled: async () => {
      await Promise.all(running);
    },
  };
}
