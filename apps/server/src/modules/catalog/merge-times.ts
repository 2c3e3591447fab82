import type { ChangeEventBody } from '@tessera/contract';
import { invalidField } from '../../platform/http/index.ts';
import { boundMs, instantMs } from './instant.ts';
import { resolveLocal } from './local-time.ts';
import { requireTimeZone } from './time-zones.ts';
import type { EventDay, FullWords } from './words.ts';

type Times = Pick<FullWords, 'startsAtMs' | 'endsAtMs' | 'doorsAtMs' | 'timeZone' | 'days'>;
type DayBody = NonNullable<ChangeEventBody['days']>[number];
type Bound = 'starts_at' | 'ends_at';

/** The times of an event with the changes of a body. Throws REQUEST_INVALID, naming the field. */
export function mergeTimes(before: Times, body: ChangeEventBody): Times {
  const timeZone = requireTimeZone(body.time_zone ?? before.timeZone);
  const times = {
    timeZone,
    startsAtMs: boundOf(body, 'starts_at', timeZone) ?? before.startsAtMs,
    endsAtMs: boundOf(body, 'ends_at', timeZone) ?? before.endsAtMs,
    doorsAtMs: body.doors_at === undefined ? before.doorsAtMs : (boundMs(body.doors_at, '/doors_at') ?? null),
    days: body.days === undefined ? before.days : body.days.map((day, index) => dayOf(day, timeZone, `/days/${index}`)),
  };
  checkTimes(times);
  return times;
}

/** An instant, or a local time of the zone; undefined where the body gives neither. */
function boundOf(body: DayBody | ChangeEventBody, bound: Bound, timeZone: string, at = ''): number | undefined {
  const { [bound]: instant, [`${bound}_local` as const]: local, [`${bound}_fold` as const]: fold } = body;
  if (fold !== undefined && local === undefined) throw invalidField(`${at}/${bound}_fold`, `must be given with ${bound}_local`);
  if (instant !== undefined && local !== undefined) throw invalidField(`${at}/${bound}_local`, `must not be given with ${bound}`);
  if (instant !== undefined) return instantMs(instant, `${at}/${bound}`);
  if (local === undefined) return undefined;
  const found = resolveLocal(local, timeZone, fold);
  switch (found.kind) {
    case 'instant':
      return found.ms;
    case 'no_date':
      throw invalidField(`${at}/${bound}_local`, 'must be a date that exists, from 1970 to 9999');
    case 'skipped': {
      const detail = `does not exist in ${timeZone}, where clocks are set forward then; the nearest are ${found.before} and ${found.after}`;
      throw invalidField(`${at}/${bound}_local`, detail);
    }
  }
}

function dayOf(day: DayBody, timeZone: string, at: string): EventDay {
  const [startsAtMs, endsAtMs] = [boundOf(day, 'starts_at', timeZone, at), boundOf(day, 'ends_at', timeZone, at)];
  if (startsAtMs === undefined) throw invalidField(`${at}/starts_at`, 'is required');
  if (endsAtMs === undefined) throw invalidField(`${at}/ends_at`, 'is required');
  return { title: day.title ?? '', startsAtMs, endsAtMs };
}

/** Doors open before the start; days follow each other inside the whole. */
function checkTimes({ startsAtMs, endsAtMs, doorsAtMs, days }: Times): void {
  if (endsAtMs < startsAtMs) throw invalidField('/ends_at', 'must not be before starts_at');
  if (doorsAtMs !== null && doorsAtMs > startsAtMs) throw invalidField('/doors_at', 'must not be after starts_at');
  let lastMs = startsAtMs;
  for (const [index, day] of days.entries()) {
    if (day.startsAtMs < lastMs)
      throw invalidField(`/days/${index}/starts_at`, 'must not be before the event, nor before the end of the day before it');
    if (day.endsAtMs < day.startsAtMs) throw invalidField(`/days/${index}/ends_at`, 'must not be before its starts_at');
    if (day.endsAtMs > endsAtMs) throw invalidField(`/days/${index}/ends_at`, 'must not be after the event');
    lastMs = day.endsAtMs;
  }
}
