import { formatAmount as formatMoney } from '../../../platform/money/index.ts';
import type { DocumentLocale } from './ticket-document.ts';

/** English with the day before the month and a clock of 24 hours, which no reader mistakes. */
const TAGS: Readonly<Record<DocumentLocale, string>> = { en: 'en-GB', de: 'de-DE' };

/** An amount with its currency, in the currency's own number of decimals: ¥1,200, BHD 1.250. */
export function formatAmount(minor: number, currency: string, locale: DocumentLocale): string {
  return formatMoney(minor, currency, TAGS[locale]);
}

export function formatRate(ratePpm: number, locale: DocumentLocale): string {
  return new Intl.NumberFormat(TAGS[locale], { style: 'percent', maximumFractionDigits: 4 }).format(ratePpm / 1_000_000);
}

export function formatDay(atMs: number, timeZone: string, locale: DocumentLocale): string {
  return format(atMs, locale, { timeZone, weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
}

export function formatDate(atMs: number, timeZone: string, locale: DocumentLocale): string {
  return format(atMs, locale, { timeZone, day: 'numeric', month: 'long', year: 'numeric' });
}

export function formatTime(atMs: number, timeZone: string, locale: DocumentLocale): string {
  return format(atMs, locale, { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}

/** The zone's name at that time, as CET or GMT-5. */
export function formatZone(atMs: number, timeZone: string, locale: DocumentLocale): string {
  const parts = new Intl.DateTimeFormat(TAGS[locale], { timeZone, timeZoneName: 'short' }).formatToParts(atMs);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone;
}

function format(atMs: number, locale: DocumentLocale, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(TAGS[locale], options).format(atMs);
}

const REF_CHARS_MAX = 16;
const SHORT_REF_CHARS = 8;

/** The short form of a booking's id that people read to each other: its last, random characters, as `7K2M-Q9XZ`. */
export function shortRef(ref: string): string {
  if (ref.length <= REF_CHARS_MAX) return ref;
  const end = ref.slice(-SHORT_REF_CHARS).toUpperCase();
  return `${end.slice(0, SHORT_REF_CHARS / 2)}-${end.slice(SHORT_REF_CHARS / 2)}`;
}
