import type { DemoEvent, DemoOrganization } from './demo-event.ts';

export const DEMO_ORGANIZATIONS: readonly DemoOrganization[] = [
  { key: 'riverside', name: 'Riverside Music Society', slug: 'riverside-music-society' },
  { key: 'small-systems', name: 'Small Systems Circle', slug: 'small-systems-circle' },
  { key: 'lantern-lane', name: 'Lantern Lane Theatre', slug: 'lantern-lane-theatre' },
];

/** A free type for everybody, a paid one, one behind a code, and the house's capacity over all three. No season in the words: the date moves. */
const river: DemoEvent = {
  key: 'lights-on-the-river',
  organization: 'riverside',
  title: 'Lights on the River',
  summary: 'Strings, brass and four hundred paper lanterns: an evening in the boathouse, and on the water.',
  description: `The Riverside Players open their season with Handel, Piazzolla and a first performance by Ines Koller. After the last piece the lanterns go out on the water.

The great doors stay open to the river, so bring something warm for the standing places; the benches have backs and blankets.

Doors open an hour before. The last boat to the city waits for the encore.`,
  venue: { name: 'The Old Boathouse', city: 'Vienna' },
  timeZone: 'Europe/Vienna',
  currency: 'EUR',
  startsInDays: 34,
  startsAtUtcHour: 17.5,
  hours: 3,
  holdMinutes: 10,
  bookingMax: 8,
  ticketTypes: [
    { key: 'standing', name: 'Standing', description: 'Free, by the water.', priceMinor: 0, capacity: 400, buyerMax: 4 },
    { key: 'bench', name: 'Bench', description: 'A seat with a back and a blanket; sit where you like.', priceMinor: 1800, capacity: 250 },
    {
      key: 'friends',
      name: 'Friends of the Society',
      description: 'A bench in the first two rows and a glass of wine.',
      priceMinor: 900,
      capacity: 60,
      accessCode: 'FRIENDS',
    },
  ],
  quotas: [{ key: 'boathouse', name: 'The boathouse', capacity: 620, ticketTypes: ['standing', 'bench', 'friends'] }],
};

/** Prices of every kind: an early one, an add-on, a fee, a tax that prices include, a promo code; two types share a hall. */
const conference: DemoEvent = {
  key: 'small-systems-days',
  organization: 'small-systems',
  title: 'Small Systems Days',
  summary: 'Two days about programs that one person can understand, and machines that last twenty years.',
  description: `Twelve talks, one track, long breaks. Speakers bring the source; questions are part of the talk.

Day one: storage that survives, clocks that disagree, a compiler on two pages. Day two: repair, batteries, and an afternoon of workshops.

Lunch and coffee are included for everyone in the hall. The stream has live captions, and recordings follow within a week.`,
  venue: { name: 'Teatro do Bairro', city: 'Lisbon' },
  timeZone: 'Europe/Lisbon',
  currency: 'EUR',
  startsInDays: 75,
  startsAtUtcHour: 8.5,
  hours: 33,
  holdMinutes: 15,
  bookingMax: 10,
  pricing: {
    rounding: { mode: 'half_up', per: 'booking' },
    fees: [{ kind: 'per_ticket', name: 'Booking fee', amountMinor: 150, ticketTypeIds: null, onFree: false }],
    taxes: [{ name: 'VAT', ratePpm: 230_000, included: true, onFees: true, ticketTypeIds: null }],
  },
  ticketTypes: [
    {
      key: 'hall',
      name: 'Hall, both days',
      description: 'A seat, lunch, coffee and the workshops.',
      priceMinor: 24_000,
      capacity: 300,
      tiers: [{ name: 'Early bird', priceMinor: 18_000, endsAtMs: null, untilTaken: 100 }],
    },
    {
      key: 'student',
      name: 'Student, both days',
      description: 'The same for students; bring your card.',
      priceMinor: 6_000,
      capacity: 80,
      buyerMax: 1,
    },
    {
      key: 'dinner',
      name: 'Dinner',
      description: 'By the river, on the first evening.',
      priceMinor: 3_500,
      capacity: 120,
      addOn: { to: ['hall', 'student'], perTicket: 2 },
    },
    { key: 'stream', name: 'Stream', description: 'Free, with live captions.', priceMinor: 0, capacity: 5_000, buyerMax: 2 },
  ],
  quotas: [{ key: 'hall', name: 'Seats in the hall', capacity: 320, ticketTypes: ['hall', 'student'] }],
  promoCodes: [
    {
      code: 'SMALL10',
      terms: { state: 'active', kind: 'percent', value: 100_000, startsAtMs: null, endsAtMs: null, usesMax: 200, buyerUsesMax: 1 },
      ticketTypes: ['hall'],
    },
  ],
};

/** A small house with a limit for each buyer over the whole event. */
const theatre: DemoEvent = {
  key: 'seven-short-plays',
  organization: 'lantern-lane',
  title: 'Seven Short Plays',
  summary: 'Seven writers, ten minutes each, one kitchen table. The set never changes; everything else does.',
  description: `A burglar who stays for breakfast, a wedding speech that goes on, the last two people who remember a telephone number.

Written for the company and played in the round. Running time 95 minutes, no interval; latecomers are let in between the plays.

The house is step-free. The performance on this date has a sign-language interpreter, stage left.`,
  venue: { name: 'Lantern Lane Theatre', city: 'Edinburgh' },
  timeZone: 'Europe/London',
  currency: 'GBP',
  startsInDays: 110,
  startsAtUtcHour: 18.5,
  hours: 2,
  holdMinutes: 10,
  bookingMax: 6,
  buyerMax: 6,
  ticketTypes: [
    { key: 'stalls', name: 'Stalls', description: 'Round the table, within arm’s reach.', priceMinor: 2_400, capacity: 110 },
    { key: 'balcony', name: 'Balcony', description: 'One flight up; the best view of the table.', priceMinor: 1_600, capacity: 70 },
    {
      key: 'pay-it-forward',
      name: 'Paid forward',
      description: 'Free: somebody bought this seat for you.',
      priceMinor: 0,
      capacity: 12,
      buyerMax: 1,
    },
  ],
  quotas: [{ key: 'house', name: 'The house', capacity: 180, ticketTypes: ['stalls', 'balcony', 'pay-it-forward'] }],
};

export const DEMO_EVENTS: readonly DemoEvent[] = [river, conference, theatre];
