import { setTimeout as pause } from 'node:timers/promises';
import { problem } from '../../platform/http/index.ts';
import type { Log } from '../../platform/telemetry/index.ts';

/** Work that goes on after its request was answered, so that the time of the answer tells nothing about it. */
export type Errands = {
  /** Begins it. What it throws is logged. Throws UNAVAILABLE if too many are under way. */
  run(what: string, work: () => Promise<void>): void;
  /** False: one more would be refused. For what may as well not be done. */
  hasRoom(): boolean;
  /** Resolves when all have ended, or after `withinMs`. */
  settled(withinMs: number): Promise<void>;
};

const ERRANDS_MAX = 200;
/** An errand that takes longer, say with a mail server that does not answer, makes room for others; it may still end well. */
const ERRAND_MAX_MS = 10_000;

export function buildErrands(log: Log, { max = ERRANDS_MAX, errandMaxMs = ERRAND_MAX_MS } = {}): Errands {
  const running = new Set<Promise<void>>();
  return {
    run: (what, work) => {
      if (running.size >= max)
        throw problem('UNAVAILABLE', { detail: 'Too many mails wait at this moment.', headers: { 'retry-after': '5' } });
      const errand = within(errandMaxMs, work())
        .then((isDone) => {
          if (!isDone) log.warn(`${what} takes long.`);
        })
        .catch((error: unknown) => log.warn({ err: error }, `${what} failed.`))
        .finally(() => running.delete(errand));
      running.add(errand);
    },
    hasRoom: () => running.size < max,
    settled: async (withinMs) => {
      const endMs = performance.now() + withinMs;
      while (running.size > 0 && performance.now() < endMs) await within(endMs - performance.now(), Promise.all(running));
    },
  };
}

/** Whether it was done in time. */
async function within(ms: number, work: Promise<unknown>): Promise<boolean> {
  const timer = new AbortController();
  try {
    const late = pause(Math.max(0, ms), false, { signal: timer.signal, ref: false }).catch(() => false);
    return await Promise.race([work.then(() => true), late]);
  } finally {
    timer.abort();
  }
}
