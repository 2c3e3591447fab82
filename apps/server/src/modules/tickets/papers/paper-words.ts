import type { Tender } from '../../sales/index.ts';
import type { DocumentLocale } from '../documents/index.ts';

export type PaperWords = {
  ticket: string;
  tickets: string;
  receipt: string;
  calendar: string;
  booking: string;
  /** How it was paid, behind “Paid with”. */
  tenders: Readonly<Record<Tender, string>>;
  sandbox: string;
  byBank: string;
  onItsWay: (amount: string) => string;
};

/** Words of papers that hang on how Tessera sells; the others stand beside their pages. */
export const PAPER_WORDS: Readonly<Record<DocumentLocale, PaperWords>> = {
  en: {
    ticket: 'Ticket',
    tickets: 'Tickets',
    receipt: 'Receipt',
    calendar: 'Calendar',
    booking: 'Booking',
    tenders: { card: 'card', cash: 'cash', card_at_door: 'card at the door', external: 'other means', none: 'nothing' },
    sandbox: 'test card (no money moved)',
    byBank: 'taken back by the bank',
    onItsWay: (amount) => `Of the refunds, ${amount} is still on its way to you.`,
  },
  de: {
    ticket: 'Ticket',
    tickets: 'Tickets',
    receipt: 'Quittung',
    calendar: 'Kalender',
    booking: 'Buchung',
    tenders: { card: 'Karte', cash: 'Bargeld', card_at_door: 'Karte vor Ort', external: 'anderen Mitteln', none: 'nichts' },
    sandbox: 'Testkarte (es floss kein Geld)',
    byBank: 'von der Bank zurückgeholt',
    onItsWay: (amount) => `Von den Erstattungen sind ${amount} noch unterwegs.`,
  },
};
