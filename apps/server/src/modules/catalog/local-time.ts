import { invariant } from '../../platform/invariant.ts';

/**
 * Between instants and what the clocks of a time zone show. Where clocks are set forward some local times do not exist,
 * where they are set back some exist twice; Pacific/Apia left out the whole of 30 December 2011.
 */
export type Fold = 'earlier' | 'later';

export type LocalResolution =
  | { kind: 'instant'; ms: number }
  /** The clocks skip it: the last minute before and the first after, by the same clocks. */
  | { kind: 'skipped'; before: string; after: string }
  | { kind: 'no_date' };

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** Outside of these years, by UTC, an instant is refused as well. */
const EARLIEST_MS = DAY_MS;
const LATEST_MS = Date.UTC(9999, 11, 30);

/** The instant at which the clocks of a zone show `text` ("2027-03-28T18:30"); `fold` chooses where they do so twice. */
export function resolveLocal(text: string, timeZone: string, fold: Fold = 'earlier'): LocalResolution {
  const wallMs = parseWall(text);
  if (wallMs === null) return { kind: 'no_date' };
  // No zone changes its clocks twice within two days: one of the two offsets around it holds, or none does.
  const [before, after] = [offsetMs(wallMs - DAY_MS, timeZone), offsetMs(wallMs + DAY_MS, timeZone)];
  const instants = [wallMs - before, wallMs - after].filter((ms) => ms + offsetMs(ms, timeZone) === wallMs).sort((a, b) => a - b);
  const ms = fold === 'earlier' ? instants[0] : instants.at(-1);
  return ms === undefined ? skipped({ wallMs, before, after, timeZone }) : { kind: 'instant', ms };
}

/** What the clocks of a zone show at an instant, to the minute, or to the second where it is no whole minute. */
export function localText(ms: number, timeZone: string): string {
  return wallText(ms + offsetMs(ms, timeZone));
}

type Gap = { wallMs: number; before: number; after: number; timeZone: string };

/** The clocks change between the two instants that the offsets before and after would give. */
function skipped({ wallMs, before, after, timeZone }: Gap): LocalResolution {
  let [low, high] = [wallMs - after, wallMs - before];
  invariant(low < high, 'a local time is skipped where clocks are set forward');
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetMs(middle, timeZone) === before) low = middle;
    else high = middle;
  }
  return { kind: 'skipped', before: wallText(high - MINUTE_MS + before), after: wallText(high + after) };
}

/** The digits of a local time, as if they were UTC; null where there is no such date from 1970 to 9999. */
function parseWall(text: string): number | null {
  const ms = Date.parse(`${text}Z`);
  const exists = ms >= EARLIEST_MS && ms <= LATEST_MS && wallText(ms) === (text.length === 19 ? text.replace(/:00$/, '') : text);
  return exists ? ms : null;
}

function wallText(wallMs: number): string {
  const text = new Date(wallMs).toISOString();
  return text.slice(17, 19) === '00' ? text.slice(0, 16) : text.slice(0, 19);
}

/** How far the clocks of a zone are ahead of UTC at an instant. */
function offsetMs(ms: number, timeZone: string): number {
  const parts = formatOf(timeZone).formatToParts(ms);
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((one) => one.type === type)?.value);
  const wallMs = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return wallMs - Math.floor(ms / 1000) * 1000;
}

/** A format costs a hundred times what it formats. Bounded: names of zones are spelt in many ways. */
const formats = new Map<string, Intl.DateTimeFormat>();
const FORMATS_MAX = 600;

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const numeric = 'numeric' as const;
  const fields = { year: numeric, month: numeric, day: numeric, hour: numeric, minute: numeric, second: numeric };
  const format = new Intl.DateTimeFormat('en', { timeZone, calendar: 'gregory', hourCycle: 'h23', numberingSystem: 'latn', ...fields });
  if (formats.size >= FORMATS_MAX) formats.clear();
  formats.set(timeZone, format);
  return format;
}
