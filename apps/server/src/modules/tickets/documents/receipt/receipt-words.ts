import type { DocumentLocale } from '../ticket-document.ts';

export type ReceiptWords = {
  receipt: string;
  invoice: string;
  number: string;
  date: string;
  booking: string;
  issuedTo: string;
  event: string;
  item: string;
  quantity: string;
  unitPrice: string;
  amount: string;
  discount: string;
  total: string;
  tax: (tax: string, rate: string) => string;
  ofWhichOn: (net: string) => string;
  taxesIncluded: string;
  paid: (label: string, date: string) => string;
  refunded: (label: string | null, date: string) => string;
  remaining: string;
  page: (number: number, of: number) => string;
  test: string;
  testLong: string;
};

export const RECEIPT_WORDS: Readonly<Record<DocumentLocale, ReceiptWords>> = {
  en: {
    receipt: 'Receipt',
    invoice: 'Invoice',
    number: 'Number',
    date: 'Date',
    booking: 'Booking',
    issuedTo: 'Issued to',
    event: 'Event',
    item: 'Item',
    quantity: 'Quantity',
    unitPrice: 'Unit price',
    amount: 'Amount',
    discount: 'Discount',
    total: 'Total',
    tax: (tax, rate) => `${tax} ${rate}`,
    ofWhichOn: (net) => `on ${net} net`,
    taxesIncluded: 'Included in the total',
    paid: (label, date) => `Paid with ${label}, ${date}`,
    refunded: (label, date) => `Refunded ${date}${label === null ? '' : `: ${label}`}`,
    remaining: 'Paid after refunds',
    page: (number, of) => `Page ${number} of ${of}`,
    test: 'TEST',
    testLong: 'Test sale: no money moved, not a receipt.',
  },
  de: {
    receipt: 'Quittung',
    invoice: 'Rechnung',
    number: 'Nummer',
    date: 'Datum',
    booking: 'Buchung',
    issuedTo: 'Ausgestellt auf',
    event: 'Veranstaltung',
    item: 'Posten',
    quantity: 'Menge',
    unitPrice: 'Einzelpreis',
    amount: 'Betrag',
    discount: 'Rabatt',
    total: 'Gesamtbetrag',
    tax: (tax, rate) => `${tax} ${rate}`,
    ofWhichOn: (net) => `auf ${net} netto`,
    taxesIncluded: 'Im Gesamtbetrag enthalten',
    paid: (label, date) => `Bezahlt mit ${label}, ${date}`,
    refunded: (label, date) => `Erstattet ${date}${label === null ? '' : `: ${label}`}`,
    remaining: 'Bezahlt nach Erstattungen',
    page: (number, of) => `Seite ${number} von ${of}`,
    test: 'TEST',
    testLong: 'Testverkauf: es floss kein Geld, kein Beleg.',
  },
};
