import { formatAmount, formatDate, formatRate, shortRef } from '../format-values.ts';
import type { ReceiptDocument, ReceiptTax } from '../receipt-document.ts';
import { cleanText } from '../text/clean-text.ts';
import type { DocumentLocale } from '../ticket-document.ts';
import { RECEIPT_WORDS } from './receipt-words.ts';

/** A receipt's words as they are printed. */
export type ReceiptView = {
  title: string;
  organizer: string;
  imprint: readonly string[];
  /** Number, date, booking. */
  facts: readonly { label: string; value: string }[];
  buyer: { label: string; lines: readonly string[] } | null;
  event: { label: string; value: string };
  heads: { item: string; quantity: string; unitPrice: string; amount: string };
  rows: readonly { item: string; quantity: string; unitPrice: string; amount: string }[];
  /** Between the lines and the total: discount, fees, taxes that are added. */
  extras: readonly Sum[];
  total: Sum;
  /** Taxes that the total holds already. */
  included: { label: string; sums: readonly Sum[] } | null;
  /** What was paid, what went back, and what remains of it. */
  money: readonly Sum[];
  remaining: Sum | null;
  notes: readonly string[];
  test: { short: string; long: string } | null;
};
export type Sum = { label: string; amount: string };

const LINE_CHARS_MAX = 160;
const LINES_MAX = 8;
const NOTES_MAX = 6;
const NOTE_CHARS_MAX = 600;

export function viewReceipt(receipt: ReceiptDocument, locale: DocumentLocale): ReceiptView {
  const words = RECEIPT_WORDS[locale];
  const money = (minor: number): string => formatAmount(minor, receipt.currency, locale);
  const date = (atMs: number): string => formatDate(atMs, receipt.timeZone, locale);
  const { refunds } = receipt;
  return {
    title: words[receipt.kind],
    organizer: line(receipt.organizer.name),
    imprint: lines(receipt.organizer.imprint),
    facts: [
      { label: words.number, value: line(receipt.number) },
      { label: words.date, value: date(receipt.issuedAtMs) },
      { label: words.booking, value: line(shortRef(receipt.bookingRef)) },
    ],
    buyer: viewBuyer(receipt, words.issuedTo),
    event: { label: words.event, value: `${line(receipt.eventTitle)} · ${date(receipt.eventStartsAtMs)}` },
    heads: { item: words.item, quantity: words.quantity, unitPrice: words.unitPrice, amount: words.amount },
    rows: receipt.lines.map(({ title, quantity, unitPriceMinor, totalMinor }) => ({
      item: line(title),
      quantity: String(quantity),
      unitPrice: money(unitPriceMinor),
      amount: money(totalMinor),
    })),
    extras: viewExtras(receipt, locale),
    total: { label: words.total, amount: money(receipt.totalMinor) },
    included: viewIncluded(receipt, locale),
    money: [
      ...receipt.payments.map(({ label, amountMinor, atMs }) => ({
        label: words.paid(line(label), date(atMs)),
        amount: money(amountMinor),
      })),
      ...refunds.map(({ label, amountMinor, atMs }) => ({
        label: words.refunded(label === null ? null : line(label), date(atMs)),
        amount: money(-amountMinor),
      })),
    ],
    remaining: refunds.length === 0 ? null : { label: words.remaining, amount: money(receipt.remainingMinor) },
    notes: (receipt.notes ?? []).slice(0, NOTES_MAX).map((note) => cleanText(note, NOTE_CHARS_MAX)),
    test: receipt.isTest ? { short: words.test, long: words.testLong } : null,
  };
}

function viewBuyer({ buyer }: ReceiptDocument, label: string): ReceiptView['buyer'] {
  if (buyer === null) return null;
  const told = lines([buyer.name ?? '', ...buyer.addressLines]);
  return told.length === 0 ? null : { label, lines: told };
}

function viewExtras({ discount, fees, taxes, currency }: ReceiptDocument, locale: DocumentLocale): Sum[] {
  const words = RECEIPT_WORDS[locale];
  const money = (minor: number): string => formatAmount(minor, currency, locale);
  const discountLabel = discount?.label == null ? words.discount : `${words.discount}: ${line(discount.label)}`;
  return [
    ...(discount === null ? [] : [{ label: discountLabel, amount: money(-discount.amountMinor) }]),
    ...fees.map(({ label, amountMinor }) => ({ label: line(label), amount: money(amountMinor) })),
    ...taxes.filter(({ isIncluded }) => !isIncluded).map((tax) => viewTax(tax, currency, locale)),
  ];
}

function viewIncluded({ taxes, currency }: ReceiptDocument, locale: DocumentLocale): ReceiptView['included'] {
  const sums = taxes.filter(({ isIncluded }) => isIncluded).map((tax) => viewTax(tax, currency, locale));
  return sums.length === 0 ? null : { label: RECEIPT_WORDS[locale].taxesIncluded, sums };
}

function viewTax({ label, ratePpm, amountMinor, netMinor }: ReceiptTax, currency: string, locale: DocumentLocale): Sum {
  const words = RECEIPT_WORDS[locale];
  const on = netMinor === null ? '' : ` ${words.ofWhichOn(formatAmount(netMinor, currency, locale))}`;
  return { label: words.tax(line(label), formatRate(ratePpm, locale)) + on, amount: formatAmount(amountMinor, currency, locale) };
}

function line(text: string): string {
  return cleanText(text, LINE_CHARS_MAX);
}

function lines(texts: readonly string[]): string[] {
  return texts
    .slice(0, LINES_MAX)
    .map(line)
    .filter((text) => text !== '');
}

/** What fonts must have: the title in the face of titles, everything else in that of text. */
export function textsOf(view: ReceiptView): { title: string[]; text: string[] } {
  const sums = [
    ...view.extras,
    view.total,
    ...(view.included?.sums ?? []),
    ...view.money,
    ...(view.remaining === null ? [] : [view.remaining]),
  ];
  const pairs = [...view.facts, view.event].flatMap(({ label, value }) => [label, value]);
  const table = [view.heads, ...view.rows].flatMap((row) => Object.values(row));
  const buyer = view.buyer === null ? [] : [view.buyer.label, ...view.buyer.lines];
  const marks = [view.included?.label ?? '', view.test?.short ?? '', view.test?.long ?? ''];
  return {
    title: [view.title],
    text: [
      view.organizer,
      ...view.imprint,
      ...pairs,
      ...buyer,
      ...table,
      ...sums.flatMap(({ label, amount }) => [label, amount]),
      ...view.notes,
      ...marks,
    ],
  };
}
