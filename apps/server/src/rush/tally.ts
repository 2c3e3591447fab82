import type { Observer } from './http/client.ts';
import { buildLatency, type Latency } from './latency.ts';

/** Things that are counted, in the words of the report. */
export type Counted =
  | 'double clicks'
  | 'vanished in a request'
  | 'answers not waited for'
  | 'connections lost'
  | 'asked to come later'
  | 'repeats answered as before'
  | 'holds extended'
  | 'holds given back'
  | 'holds left to expire'
  | 'holds that ran out'
  | 'price had risen'
  | 'left without paying'
  | 'bookings given back'
  | 'single tickets given back'
  | 'sold out';

export type Tally = Observer & {
  count(what: Counted): void;
  counts: ReadonlyMap<Counted, number>;
  byKind: ReadonlyMap<string, Latency>;
  /** How long requests waited for a connection of the crowd's. */
  waits: Latency;
  answers: number;
  /** Those until the crowd had left. */
  rushAnswers: number;
  /** The crowd has left: what comes now are checks. */
  endRush(): void;
  /** Answers in the busiest second. */
  busiestSecond: number;
  /** Rate and 99th percentile since the last look, for the progress line. */
  look(): { perSecond: number; p99Ms: number };
};

export function buildTally(): Tally {
  const counts = new Map<Counted, number>();
  const byKind = new Map<string, Latency>();
  const second = { beganMs: performance.now(), answers: 0 };
  let recent = buildLatency();
  let lookedMs = performance.now();
  const tally = {
    counts,
    byKind,
    waits: buildLatency(),
    answers: 0,
    rushAnswers: 0,
    endRush: () => {
      tally.rushAnswers = tally.answers;
    },
    busiestSecond: 0,
    count: (what: Counted) => {
      counts.set(what, (counts.get(what) ?? 0) + 1);
    },
    waited: (ms: number) => tally.waits.add(ms),
    answered: (kind: string, ms: number) => {
      tally.answers += 1;
      latencyOf(byKind, kind).add(ms);
      recent.add(ms);
      const nowMs = performance.now();
      if (nowMs - second.beganMs >= 1_000) {
        second.beganMs = nowMs;
        second.answers = 0;
      }
      second.answers += 1;
      tally.busiestSecond = Math.max(tally.busiestSecond, second.answers);
    },
    look: () => {
      const nowMs = performance.now();
      const perSecond = (recent.count / Math.max(1, nowMs - lookedMs)) * 1000;
      const p99Ms = recent.percentile(0.99);
      recent = buildLatency();
      lookedMs = nowMs;
      return { perSecond, p99Ms };
    },
  };
  return tally;
}

function latencyOf(byKind: Map<string, Latency>, kind: string): Latency {
  const known = byKind.get(kind);
  if (known) return known;
  const made = buildLatency();
  byKind.set(kind, made);
  return made;
}
