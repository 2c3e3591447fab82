import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../../platform/clock/index.ts';
import type { Db } from '../../platform/db/index.ts';
import type { Log } from '../../platform/telemetry/index.ts';
import { readEndedSessions } from './queries/sessions.ts';
import { ACCESS_SECONDS } from './session-lengths.ts';

/**
 * Sessions that ended while access tokens of them may still live: nothing else is asked when such a token is checked. Every
 * process asks for them twice a second, so that a sign-out counts everywhere within a second. States: not started (it knows
 * what this process ended) → fresh ⇄ stale (the database has not answered for a while: nobody is let in by a token).
 */
export type EndedSessions = {
  has(sessionId: string): boolean;
  /** Whether what it knows is too old to let somebody in. */
  isStale(): boolean;
  /** What this process has ended itself counts at once. Called after the commit. */
  add(sessionIds: readonly string[]): void;
  /** Resolves when the first question was answered, or has failed. */
  start(): Promise<void>;
  stop(): Promise<void>;
};

const ASK_EVERY_MS = 500;
/** Other servers' clocks are trusted to this. */
const CLOCK_SKEW_SECONDS = 60;
const STALE_MS = 10_000;

export function buildEndedSessions({ db, clock, log }: { db: Db; clock: Clock; log: Log }): EndedSessions {
  let known: ReadonlySet<string> = new Set();
  /** Ended here, and not yet in an answer. */
  let own = new Set<string>();
  /** By the process's monotonic clock; null before the start. */
  let answeredMs: number | null = null;
  let isFailing = false;
  const stopping = new AbortController();
  let asking: Promise<void> | null = null;

  async function ask(): Promise<void> {
    const askedMs = performance.now();
    // These were committed before the question, so that its answer has them.
    const before = own;
    try {
      const sinceMs = clock.nowMs() - (ACCESS_SECONDS + CLOCK_SKEW_SECONDS) * 1000;
      known = new Set(await readEndedSessions(db, sinceMs));
      own = new Set([...own].filter((id) => !before.has(id)));
      answeredMs = askedMs;
      isFailing = false;
    } catch (error) {
      if (!isFailing) log.warn({ err: error }, 'Asking which sessions have ended fails.');
      isFailing = true;
    }
  }

  async function askOnAndOn(): Promise<void> {
    while (!stopping.signal.aborted) {
      await pause(ASK_EVERY_MS, null, { signal: stopping.signal, ref: false }).catch(() => null);
      if (!stopping.signal.aborted) await ask();
    }
  }

  return {
    has: (sessionId) => known.has(sessionId) || own.has(sessionId),
    isStale: () => answeredMs !== null && performance.now() - answeredMs > STALE_MS,
    add: (sessionIds) => {
      own = new Set([...own, ...sessionIds]);
    },
    start: async () => {
      if (asking) return;
      answeredMs = performance.now();
      await ask();
      asking = askOnAndOn();
    },
    stop: async () => {
      stopping.abort();
      await asking;
    },
  };
}
