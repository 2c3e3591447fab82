import { formatAmount, formatDay, formatTime, formatZone, shortRef } from '../format-values.ts';
import { accentOf } from '../pdf/colours.ts';
import { qrModules, type QrModules } from '../pdf/qr-code.ts';
import { cleanText } from '../text/clean-text.ts';
import type { DocumentLocale, TicketDocument } from '../ticket-document.ts';
import { TICKET_WORDS } from './ticket-words.ts';

/** A ticket's words as they are printed, in either format. */
export type TicketView = {
  organizer: string;
  count: string;
  title: string;
  when: Fact;
  where: Fact;
  admits: Fact;
  details: readonly Detail[];
  notesTitle: string;
  notes: readonly string[];
  questions: string | null;
  accent: string;
  test: { short: string; long: string } | null;
  modules: QrModules;
};
/** A label, what it says large, and more of it small. */
export type Fact = { label: string; main: string; more: readonly string[] };
export type Detail = { label: string; value: string };

const TITLE_CHARS_MAX = 200;
const LINE_CHARS_MAX = 120;
const NOTE_CHARS_MAX = 400;
const PLACE_LINES_MAX = 4;
const NOTES_MAX = 6;

export function viewTicket(ticket: TicketDocument, locale: DocumentLocale): TicketView {
  const words = TICKET_WORDS[locale];
  const line = (text: string): string => cleanText(text, LINE_CHARS_MAX);
  const { contact } = ticket.organizer;
  const organizer = line(ticket.organizer.name);
  return {
    organizer,
    count: `${words.ticket} ${words.count(ticket.number, ticket.of)}`,
    title: cleanText(ticket.title, TITLE_CHARS_MAX),
    when: viewTimes(ticket, locale),
    where: viewPlace(ticket, locale),
    admits: { label: words.admits, main: line(ticket.holderName ?? '') || words.anyone, more: [] },
    details: [
      { label: words.type, value: line(ticket.ticketType) },
      ...viewPrice(ticket, locale),
      { label: words.booking, value: line(shortRef(ticket.bookingRef)) },
      { label: words.ticket, value: words.count(ticket.number, ticket.of) },
    ],
    notesTitle: words.goodToKnow,
    notes: [...(ticket.notes ?? []).slice(0, NOTES_MAX), words.once, words.keep, words.bring]
      .map((note) => cleanText(note, NOTE_CHARS_MAX))
      .filter((note) => note !== ''),
    questions: contact === null ? null : cleanText(words.questions(organizer, contact), NOTE_CHARS_MAX),
    accent: accentOf(ticket.accentColour),
    test: ticket.isTest ? { short: words.test, long: words.testLong } : null,
    modules: qrModules(ticket.code),
  };
}

function viewPrice({ priceMinor, currency }: TicketDocument, locale: DocumentLocale): Detail[] {
  const { price: label, free } = TICKET_WORDS[locale];
  if (priceMinor === null) return [];
  return [{ label, value: priceMinor === 0 ? free : formatAmount(priceMinor, currency, locale) }];
}

/** The day, then the hours with their zone; an end on another day says which. */
function viewTimes(ticket: TicketDocument, locale: DocumentLocale): Fact {
  const { startsAtMs, endsAtMs, doorsAtMs, timeZone } = ticket;
  const words = TICKET_WORDS[locale];
  const time = (atMs: number): string => formatTime(atMs, timeZone, locale);
  const day = formatDay(startsAtMs, timeZone, locale);
  const lastDay = formatDay(endsAtMs, timeZone, locale);
  const zone = formatZone(startsAtMs, timeZone, locale);
  // A night that ends in the morning is one day to who goes there; its end needs no date.
  const endsNextMorning = endsAtMs - startsAtMs < 20 * 3_600_000;
  const isOneDay = day === lastDay || endsNextMorning;
  const hours = isOneDay ? `${time(startsAtMs)} – ${time(endsAtMs)} ${zone}` : `${time(startsAtMs)} ${zone}`;
  const more = [
    hours,
    ...(isOneDay ? [] : [words.until(`${lastDay}, ${time(endsAtMs)}`)]),
    ...(doorsAtMs === null ? [] : [words.doors(time(doorsAtMs))]),
  ];
  return { label: words.when, main: day, more };
}

function viewPlace({ placeLines, onlineUrl }: TicketDocument, locale: DocumentLocale): Fact {
  const words = TICKET_WORDS[locale];
  const lines = placeLines.map((text) => cleanText(text, LINE_CHARS_MAX)).filter((text) => text !== '');
  const url = onlineUrl === null ? [] : [cleanText(onlineUrl, LINE_CHARS_MAX)];
  const [main = words.online, ...more] = lines;
  return { label: words.where, main, more: [...more.slice(0, PLACE_LINES_MAX - 1), ...url] };
}

/** Everything that is printed in the face of titles, and everything else: what fonts must have. */
export function textsOf(view: TicketView): { title: string[]; text: string[] } {
  const { organizer, count, title, when, where, admits, details, notesTitle, notes, questions, test } = view;
  const facts = [when, where, admits].flatMap(({ label, main, more }) => [label, main, ...more]);
  return {
    title: [title],
    text: [
      organizer,
      count,
      ...facts,
      ...details.flatMap(({ label, value }) => [label, value]),
      notesTitle,
      ...notes,
      questions ?? '',
      test?.short ?? '',
      test?.long ?? '',
    ],
  };
}
