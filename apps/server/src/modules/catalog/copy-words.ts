import { isInstant } from './instant.ts';
import type { FullWords } from './words.ts';

/** When the copy takes place, and what it is called; null keeps the original's title, or its length. */
export type CopiedTimes = { title: string | null; startsAtMs: number; endsAtMs: number | null };

export type CopiedWords = { kind: 'words'; words: FullWords; shiftMs: number } | { kind: 'invalid_event'; field: string; detail: string };

/** All words of an event for one that takes place at another time: doors and days move with the start. Why it was cancelled is not copied. */
export function copyWords(original: FullWords, { title, startsAtMs, endsAtMs: ends }: CopiedTimes): CopiedWords {
  const shiftMs = startsAtMs - original.startsAtMs;
  const endsAtMs = ends ?? original.endsAtMs + shiftMs;
  const days = original.days.map((day) => ({ ...day, startsAtMs: day.startsAtMs + shiftMs, endsAtMs: day.endsAtMs + shiftMs }));
  const doorsAtMs = original.doorsAtMs === null ? null : original.doorsAtMs + shiftMs;
  const times = [endsAtMs, doorsAtMs ?? startsAtMs, ...days.flatMap((day) => [day.startsAtMs, day.endsAtMs])];
  if (!times.every(isInstant)) return { kind: 'invalid_event', field: '/starts_at', detail: 'moves a time out of the years 1970 to 9999' };
  if (days.some((day) => day.endsAtMs > endsAtMs)) {
    return { kind: 'invalid_event', field: '/ends_at', detail: 'must not be before the end of the last day, which moves with the start' };
  }
  const words = { ...original, title: title ?? original.title, startsAtMs, endsAtMs, doorsAtMs, days, cancellationReason: null };
  return { kind: 'words', words, shiftMs };
}
