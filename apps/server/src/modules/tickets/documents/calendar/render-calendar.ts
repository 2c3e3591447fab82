import ical, { ICalCalendarMethod, ICalEventStatus, type ICalEventData } from 'ical-generator';
import { cleanText } from '../text/clean-text.ts';
import type { CalendarEvent } from './calendar-event.ts';

const TITLE_CHARS_MAX = 200;
const PLACE_CHARS_MAX = 400;
const PARAGRAPH_CHARS_MAX = 2_000;
const PARAGRAPHS_MAX = 50;
const TIMES_MAX = 100;

/**
 * An event as iCalendar (RFC 5545), for a file or an attachment of `text/calendar`. Times are in UTC, which every calendar shows as its
 * owner's own, also where it knows no zones. A cancelled event keeps its entries, marked, so that calendars that had them say so.
 */
export function renderCalendar(event: CalendarEvent): string {
  const calendar = ical({
    prodId: { company: 'Tessera', product: 'Tessera', language: 'EN' },
    method: event.status === 'cancelled' ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.PUBLISH,
  });
  const times = event.times.slice(0, TIMES_MAX);
  for (const [index, time] of times.entries()) calendar.createEvent(entryOf(event, time, times.length === 1 ? '' : `-${index + 1}`));
  return calendar.toString();
}

function entryOf(event: CalendarEvent, { startsAtMs, endsAtMs }: CalendarEvent['times'][number], suffix: string): ICalEventData {
  const place = event.placeLines.map((line) => cleanText(line, PLACE_CHARS_MAX)).filter((line) => line !== '');
  const at = new Date(event.changedAtMs);
  return {
    id: `${cleanText(event.id, TITLE_CHARS_MAX)}${suffix}@tessera`,
    sequence: event.sequence,
    status: event.status === 'cancelled' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    stamp: at,
    lastModified: at,
    start: new Date(startsAtMs),
    end: new Date(endsAtMs),
    summary: cleanText(event.title, TITLE_CHARS_MAX),
    location: place.join(', ') || oneLine(event.onlineUrl),
    description: describe(event),
    url: oneLine(event.url),
    organizer: organizerOf(event),
  };
}

/** Where a line breaks, another property would begin. */
function oneLine(text: string | null): string | null {
  return text === null ? null : cleanText(text, PARAGRAPH_CHARS_MAX).replaceAll(' ', '%20') || null;
}

/** The name is a parameter: those are quoted, and a quotation mark within cannot be written. */
function unquoted(name: string): string {
  return cleanText(name, TITLE_CHARS_MAX).replaceAll('"', '’');
}

/** Named by both or not at all. */
function organizerOf({ organizer }: CalendarEvent): { name: string; email: string } | null {
  const [name, email] = [unquoted(organizer.name), cleanText(organizer.email ?? '', TITLE_CHARS_MAX)];
  return name === '' || email === '' ? null : { name, email };
}

/** The words of the event, then where to join it; paragraphs stay paragraphs. */
function describe({ description, onlineUrl }: CalendarEvent): string | null {
  const paragraphs = (description ?? '').split(/\r\n|\r|\n/, PARAGRAPHS_MAX).map((text) => cleanText(text, PARAGRAPH_CHARS_MAX));
  return [...paragraphs, oneLine(onlineUrl) ?? ''].join('\n').trim() || null;
}
