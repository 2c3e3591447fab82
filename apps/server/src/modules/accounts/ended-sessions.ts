import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../../platform/clock/index.ts';
import type { Db } from '../../platform/db/index.ts';
import type { Log } from '../../platform/telemetry/index.ts';
import { readEndedSessions } from './queries/sessions.ts';
import { ACCESS_SECONDS } from './session-lengths.ts';

/**
 * Sessions that ended while access tokens of them may still live: nothing else is asked when such a token is checked. Every
 * process asks for them twice a second, so that a sign-out counts everywhere within a second.
 */
export type EndedSessions = {
  has(sessionId: string): boolean;
  /** What this process has ended itself counts at once. Called after the commit. */
  add(sessionIds: readonly string[]): void;
  start(): void;
  stop(): Promise<void>;
};

const ASK_EVERY_MS = 500;
/** Other servers' clocks are trusted to this. */
const CLOCK_SKEW_SECONDS = 60;

export function buildEndedSessions({ db, clock, log }: { db: Db; clock: Clock; log: Log }): EndedSessions {
  let known: ReadonlySet<string> = new Set();
  /** Ended here since the last question was asked. */
  const own: string[] = [];
  const stopping = new AbortController();
  let asking: Promise<void> | null = null;

  async function ask(): Promise<void> {
    // These were committed before the question, so that its answer has them.
    const answered = own.length;
    try {
      const sinceMs = clock.nowMs() - (ACCESS_SECONDS + CLOCK_SKEW_SECONDS) * 1000;
      known = new Set(await readEndedSessions(db, sinceMs));
      own.splice(0, answered);
    } catch (error) {
      log.warn({ err: error }, 'Asking which sessions have ended failed.');
    }
  }

  async function askOnAndOn(): Promise<void> {
    while (!stopping.signal.aborted) {
      await ask();
      await pause(ASK_EVERY_MS, null, { signal: stopping.signal, ref: false }).catch(() => null);
    }
  }

  return {
    has: (sessionId) => known.has(sessionId) || own.includes(sessionId),
    add: (sessionIds) => own.push(...sessionIds),
    start: () => {
      asking ??= askOnAndOn();
    },
    stop: async () => {
      stopping.abort();
      await asking;
    },
  };
}
