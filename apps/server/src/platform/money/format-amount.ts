import { minorDigits } from './minor-digits.ts';

/** A few currencies in a few languages; to build a format costs more than to use it a hundred times. */
const FORMATS_MAX = 100;
const formats = new Map<string, Intl.NumberFormat>();

/** An amount of minor units with its currency, as people who read `language` (BCP 47) write it, to the unit: €18.00, JP¥1,200, BHD 1.250. */
export function formatAmount(minor: number, currency: string, language: string): string {
  return formatOf(currency, language).format(decimalText(minor, minorDigits(currency)));
}

/** Minor units as a number with a point: 1800 of EUR is 18.00. Written by hand: a division would round what is large. */
export function decimalText(minor: number, digits: number): Intl.StringNumericLiteral {
  const sign = minor < 0 ? '-' : '';
  const text = String(Math.abs(minor)).padStart(digits + 1, '0');
  const point = text.length - digits;
  return `${sign}${text.slice(0, point)}${digits === 0 ? '' : `.${text.slice(point)}`}` as Intl.StringNumericLiteral;
}

function formatOf(currency: string, language: string): Intl.NumberFormat {
  const key = `${language} ${currency}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  if (formats.size >= FORMATS_MAX) formats.clear();
  const digits = minorDigits(currency);
  const made = new Intl.NumberFormat(language, {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  formats.set(key, made);
  return made;
}
