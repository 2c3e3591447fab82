import type { DocumentLocale } from './ticket-document.ts';

/** A receipt or an invoice as data. Every sum is given: what is printed was decided when it was sold, and is never computed again. */
export type ReceiptDocument = {
  kind: 'receipt' | 'invoice';
  number: string;
  issuedAtMs: number;
  timeZone: string;
  currency: string;
  /** `imprint`: address, tax number, contact, a line each. */
  organizer: { name: string; imprint: readonly string[] };
  buyer: { name: string | null; addressLines: readonly string[] } | null;
  eventTitle: string;
  eventStartsAtMs: number;
  bookingRef: string;
  lines: readonly ReceiptLine[];
  discount: { label: string | null; amountMinor: number } | null;
  fees: readonly { label: string; amountMinor: number }[];
  taxes: readonly ReceiptTax[];
  totalMinor: number;
  payments: readonly { label: string; amountMinor: number; atMs: number }[];
  refunds: readonly { label: string | null; amountMinor: number; atMs: number }[];
  /** What the buyer has paid and not got back. */
  remainingMinor: number;
  isTest: boolean;
  notes?: readonly string[];
};

export type ReceiptLine = { title: string; quantity: number; unitPriceMinor: number; totalMinor: number };

/** `ratePpm` in millionths: 190000 is 19 %. `netMinor` is what the tax is reckoned on, where it is to be shown. */
export type ReceiptTax = { label: string; ratePpm: number; amountMinor: number; isIncluded: boolean; netMinor: number | null };

export type ReceiptOptions = { locale: DocumentLocale; logo?: Uint8Array | null };
