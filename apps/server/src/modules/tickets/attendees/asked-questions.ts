import type { Clock } from '../../../platform/clock/index.ts';
import type { Queryable } from '../../../platform/db/index.ts';
import { readQuestions, type QuestionRecord } from '../../catalog/index.ts';

/** A question that was just added may be passed over for that long by who pays; an old one asked that long too many. */
const KEPT_MS = 1_000;
const EVENTS_MAX = 1_000;

/** The questions that an event asks at present. In a rush they are read once a second, not once for each payment. */
export type AskedQuestions = { of(eventId: string): Promise<readonly QuestionRecord[]> };

type Kept = { untilMs: number; questions: Promise<readonly QuestionRecord[]> };

export function buildAskedQuestions({ db, clock }: { db: Queryable; clock: Clock }): AskedQuestions {
  const kept = new Map<string, Kept>();
  return {
    of: (eventId) => {
      const nowMs = clock.nowMs();
      const known = kept.get(eventId);
      if (known && nowMs < known.untilMs) return known.questions;
      if (kept.size >= EVENTS_MAX) kept.clear();
      const questions = readQuestions(db, eventId, { archived: false });
      kept.set(eventId, { untilMs: nowMs + KEPT_MS, questions });
      // Whoever waits hears of the failure; whoever comes after tries again.
      questions.catch(() => kept.delete(eventId));
      return questions;
    },
  };
}
