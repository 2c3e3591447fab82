import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../../platform/clock/index.ts';
import type { Db } from '../../platform/db/index.ts';
import type { Random } from '../../platform/random.ts';
import type { Log } from '../../platform/telemetry/index.ts';
import { purgeLinks } from './queries/links.ts';
import { sweep, type SweepOptions } from './sweep.ts';

export type FollowerOptions = { db: Db; clock: Clock; log: Log; random: Random };
export type Follower = { stop(): Promise<void> };

/** Between two sweeps, give or take half, so that workers drift apart. A buyer sees a booking in the list by then. */
const PAUSE_MS = 250;
/** After a sweep that has left something: a breath for who shares the machine. */
const BREATH_MS = 10;
/**
 * Of the time it has, a third: 40,000 facts take two seconds of a small machine, and a sale of 10,000 holds a second needs that
 * machine more. What is left behind then is made up for when the rush is over.
 */
const REST_PER_WORK = 2;
/** An event that fails is looked at again after that; its lines in the log are few, and the others go on. */
const REST_MS = 10_000;
const TIDY_EVERY_MS = 60_000;

/**
 * Keeps buyers' bookings up to date with the facts of every event, and removes links that have run out. States: running →
 * stopped. Any number of workers may run: each page of facts is written by one of them.
 */
export function startFollower({ db, clock, log, random }: FollowerOptions): Follower {
  const stopping = new AbortController();
  const { signal } = stopping;
  const events = buildRests(log);
  let tidyAtMs = 0;

  const sleep = (ms: number) => pause(ms, undefined, { signal, ref: false }).catch(() => undefined);
  const rest = (tookMs: number) => sleep(tookMs * REST_PER_WORK);
  const tidyUp = async (): Promise<void> => {
    if (performance.now() < tidyAtMs) return;
    tidyAtMs = performance.now() + TIDY_EVERY_MS;
    while (!signal.aborted && (await purgeLinks(db, clock.nowMs())));
  };
  const onAndOn = async (): Promise<void> => {
    while (!signal.aborted) {
      const beganMs = performance.now();
      const hasMore = await sweep({ db, signal, rest, ...events })
        .then(async (more) => {
          await tidyUp();
          return more;
        })
        .catch((error: unknown) => {
          if (!signal.aborted) log.warn({ err: error }, 'Following the facts of events failed; it is tried again.');
          return false;
        });
      // With very many events a sweep is long: it never takes more than half of the time of a connection.
      const gapMs = hasMore ? BREATH_MS : Math.max(PAUSE_MS * (0.5 + random()), performance.now() - beganMs);
      await sleep(gapMs);
    }
  };

  const following = onAndOn();
  return {
    stop: () => {
      stopping.abort();
      return following;
    },
  };
}

/** Which events are passed over for a while, since they failed. */
function buildRests(log: Log): Pick<SweepOptions, 'isResting' | 'failed'> {
  const untilMs = new Map<string, number>();
  return {
    isResting: (eventId) => {
      const isOver = performance.now() >= (untilMs.get(eventId) ?? 0);
      if (isOver) untilMs.delete(eventId);
      return !isOver;
    },
    failed: (eventId, error) => {
      untilMs.set(eventId, performance.now() + REST_MS);
      log.warn({ event_id: eventId, err: error }, 'An event’s facts could not be followed; it is tried again.');
    },
  };
}
