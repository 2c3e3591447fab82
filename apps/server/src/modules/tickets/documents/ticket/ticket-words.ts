import type { DocumentLocale } from '../ticket-document.ts';

export type TicketWords = {
  when: string;
  where: string;
  online: string;
  doors: (time: string) => string;
  until: (time: string) => string;
  admits: string;
  anyone: string;
  type: string;
  price: string;
  free: string;
  booking: string;
  ticket: string;
  count: (number: number, of: number) => string;
  goodToKnow: string;
  once: string;
  keep: string;
  bring: string;
  questions: (name: string, contact: string) => string;
  test: string;
  testLong: string;
};

export const TICKET_WORDS: Readonly<Record<DocumentLocale, TicketWords>> = {
  en: {
    when: 'When',
    where: 'Where',
    online: 'Online',
    doors: (time) => `Doors ${time}`,
    until: (time) => `until ${time}`,
    admits: 'Admits',
    anyone: 'Whoever holds this ticket',
    type: 'Ticket type',
    price: 'Price',
    free: 'Free',
    booking: 'Booking',
    ticket: 'Ticket',
    count: (number, of) => `${number} of ${of}`,
    goodToKnow: 'Good to know',
    once: 'The code admits one person, once. Whoever shows it first is let in.',
    keep: 'Keep it to yourself: do not post a picture of it.',
    bring: 'Show it on your phone or on paper, flat and well lit. Bring a photo ID if the ticket bears a name.',
    questions: (name, contact) => `Questions? ${name}: ${contact}`,
    test: 'TEST',
    testLong: 'Test ticket: no money moved.',
  },
  de: {
    when: 'Wann',
    where: 'Wo',
    online: 'Online',
    doors: (time) => `Einlass ${time}`,
    until: (time) => `bis ${time}`,
    admits: 'Einlass für',
    anyone: 'Wer dieses Ticket vorzeigt',
    type: 'Ticketart',
    price: 'Preis',
    free: 'Kostenlos',
    booking: 'Buchung',
    ticket: 'Ticket',
    count: (number, of) => `${number} von ${of}`,
    goodToKnow: 'Gut zu wissen',
    once: 'Der Code lässt eine Person ein, einmal. Wer ihn zuerst zeigt, kommt hinein.',
    keep: 'Behalte ihn für dich: veröffentliche kein Bild davon.',
    bring: 'Zeige ihn auf dem Telefon oder auf Papier, glatt und gut beleuchtet. Steht ein Name darauf, bring einen Lichtbildausweis mit.',
    questions: (name, contact) => `Fragen? ${name}: ${contact}`,
    test: 'TEST',
    testLong: 'Testticket: es floss kein Geld.',
  },
};
