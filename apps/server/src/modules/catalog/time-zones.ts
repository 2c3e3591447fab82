import { invalidField } from '../../platform/http/index.ts';

export const NO_TIME_ZONE = 'must be an IANA time zone, as Europe/Vienna';

/** Whether a text is an IANA time zone. */
export function isTimeZone(name: string): boolean {
  // Offsets such as +02:00 are accepted by Intl, but they are no place: summer time would be wrong.
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** The time zone of a body. Throws REQUEST_INVALID if it is none. */
export function requireTimeZone(name: string): string {
  if (!isTimeZone(name)) throw invalidField('/time_zone', NO_TIME_ZONE);
  return name;
}
