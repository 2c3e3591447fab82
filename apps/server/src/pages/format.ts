import { formatAmount } from '../platform/money/index.ts';

/** A price as people write it, from minor units: "€18.00", "Free". */
export function priceText(minor: number, currency: string): string {
  if (minor === 0) return 'Free';
  return formatAmount(minor, currency, 'en');
}

/** "Saturday 26 December 2026, 18:30" in the zone of the venue. */
export function dateText(iso: string, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(new Date(iso));
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('weekday')} ${part('day')} ${part('month')} ${part('year')}, ${part('hour')}:${part('minute')}`;
}

/** "1,204" */
export function countText(count: number): string {
  return new Intl.NumberFormat('en').format(count);
}

/** How long a hold lasts, in words. */
export function minutesText(seconds: number): string {
  if (seconds < 60) return seconds === 1 ? '1 second' : `${seconds} seconds`;
  const minutes = Math.round(seconds / 60);
  return minutes === 1 ? '1 minute' : `${minutes} minutes`;
}

const languageNames = new Intl.DisplayNames('en', { type: 'language' });

/** "Austrian German" */
export function languageText(tag: string): string {
  return languageNames.of(tag) ?? tag;
}
