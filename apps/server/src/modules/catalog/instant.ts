import { invalidField } from '../../platform/http/index.ts';

/** Beyond these years a time no longer reads as RFC 3339 in UTC; nothing before 1970 is sold any more. */
const EARLIEST_MS = 0;
const LATEST_MS = Date.UTC(9999, 11, 31);

export function isInstant(ms: number): boolean {
  return ms >= EARLIEST_MS && ms <= LATEST_MS;
}

/** Milliseconds since 1970 of a time that the schema has checked. Throws REQUEST_INVALID, naming the field. */
export function instantMs(text: string, field: string): number {
  const ms = Date.parse(text);
  if (isInstant(ms)) return ms;
  throw invalidField(field, 'must be a time from 1970 to 9999');
}

/** The same for a bound that may be taken away by null; undefined leaves it as it is. */
export function boundMs(text: string | null | undefined, field: string): number | null | undefined {
  return text === null || text === undefined ? text : instantMs(text, field);
}
