import type { CalendarEvent, ReceiptDocument, TicketDocument } from '../index.ts';

/** A code as long as tickets' are, in the letters of base 64. */
export function codeOf(length: number, seed = 1): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  let state = seed;
  return Array.from({ length }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return letters.charAt(Math.floor(state / 65_536) % letters.length);
  }).join('');
}

export function sampleTicket(changes: Partial<TicketDocument> = {}): TicketDocument {
  return {
    title: 'Nachtmusik am Fluss',
    startsAtMs: Date.UTC(2026, 11, 12, 19),
    endsAtMs: Date.UTC(2026, 11, 12, 22, 30),
    doorsAtMs: Date.UTC(2026, 11, 12, 18),
    timeZone: 'Europe/Berlin',
    placeLines: ['Alte Münze, Saal 2', 'Molkenmarkt 2', '10179 Berlin'],
    onlineUrl: null,
    ticketType: 'Standing',
    holderName: 'Ada Lovelace',
    bookingRef: 'bkg_01kjw8x9v3e8aa7m2zq5r4t6yb01kjw8x9v3e8aa7m2zq5r4t6yb',
    number: 1,
    of: 2,
    priceMinor: 4_950,
    currency: 'EUR',
    code: codeOf(220),
    organizer: { name: 'Aurora', contact: 'hello@aurora.example' },
    accentColour: null,
    isTest: false,
    ...changes,
  };
}

export function sampleReceipt(changes: Partial<ReceiptDocument> = {}): ReceiptDocument {
  return {
    kind: 'receipt',
    number: 'R-2026-000123',
    issuedAtMs: Date.UTC(2026, 10, 2, 9),
    timeZone: 'Europe/Berlin',
    currency: 'EUR',
    organizer: { name: 'Aurora', imprint: ['Molkenmarkt 2', '10179 Berlin', 'VAT DE123456789'] },
    buyer: { name: 'Ada Lovelace', addressLines: ['St James’s Square 12', 'London'] },
    eventTitle: 'Nachtmusik am Fluss',
    eventStartsAtMs: Date.UTC(2026, 11, 12, 19),
    bookingRef: 'AB12-CD34',
    lines: [{ title: 'Standing', quantity: 2, unitPriceMinor: 4_950, totalMinor: 9_900 }],
    discount: { label: 'FRIENDS', amountMinor: 990 },
    fees: [{ label: 'Booking fee', amountMinor: 300 }],
    taxes: [
      { label: 'VAT', ratePpm: 70_000, amountMinor: 583, isIncluded: true, netMinor: 8_327 },
      { label: 'City tax', ratePpm: 52_500, amountMinor: 468, isIncluded: false, netMinor: null },
    ],
    totalMinor: 9_678,
    payments: [{ label: 'Visa 4242', amountMinor: 9_678, atMs: Date.UTC(2026, 10, 2, 8, 59) }],
    refunds: [],
    remainingMinor: 9_678,
    isTest: false,
    ...changes,
  };
}

export function sampleEvent(changes: Partial<CalendarEvent> = {}): CalendarEvent {
  return {
    id: 'evt_01kjw8x9v3e8aa7m2zq5r4t6yb',
    sequence: 0,
    status: 'confirmed',
    changedAtMs: Date.UTC(2026, 10, 1),
    title: 'Nachtmusik am Fluss',
    times: [{ startsAtMs: Date.UTC(2026, 11, 12, 19), endsAtMs: Date.UTC(2026, 11, 12, 22, 30) }],
    placeLines: ['Alte Münze, Saal 2', 'Molkenmarkt 2'],
    onlineUrl: null,
    description: null,
    url: null,
    organizer: { name: 'Aurora', email: null },
    ...changes,
  };
}
