import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { readPdf } from '../../documents/test/read-pdf.ts';
import { openShop, PLATFORM, type Show, type Shop } from './support.ts';

let shop: Shop;
let show: Show;
before(async () => {
  shop = await openShop();
  await shop.organize('PATCH', '/profile', {
    contact_email: 'hello@aurora.example',
    imprint: 'Aurora GmbH\n\nMolkenmarkt 2\n10179 Berlin',
  });
  show = await shop.newShow({}, [
    { name: 'Seat', price_minor: 2_500, capacity: 100, tiers: [{ name: 'Early bird', price_minor: 2_000, until_taken: 2 }] },
    { name: 'Wine', price_minor: 600, capacity: 100 },
  ]);
  const pricing = {
    rounding: { mode: 'half_up', per: 'booking' },
    fees: [{ kind: 'per_ticket', name: 'Booking fee', amount_minor: 150 }],
    taxes: [
      { name: 'VAT', rate_ppm: 130_000, included: true, on_fees: true },
      { name: 'City tax', rate_ppm: 50_000, included: false },
    ],
  };
  await shop.organize('PATCH', `/events/${show.eventId}/sale`, { pricing });
  await shop.organize('POST', `/events/${show.eventId}/promo-codes`, { code: 'HILL10', kind: 'percent', value: 100_000, uses_max: 50 });
});
after(() => shop.close());

async function textOf(path: string, token: string): Promise<string> {
  const answer = await shop.fetch(path, token);
  assert.equal(answer.status, 200, `${path}: ${answer.status} ${answer.status === 200 ? '' : await answer.text()}`);
  assert.match(answer.headers.get('content-disposition') ?? '', /^attachment; filename="receipt-\w{4}-\w{4}\.pdf"; filename\*=UTF-8''/);
  const pages = await readPdf(new Uint8Array(await answer.arrayBuffer()), { paints: false });
  return pages.map(({ text }) => text.replace(/[\u00a0\u202f]/g, ' ')).join('\n');
}

function includes(text: string, ...words: readonly string[]): void {
  for (const word of words) assert.ok(text.includes(word), `${word} in:\n${text}`);
}

const euros = (minor: number): string => `€${(minor / 100).toFixed(2)}`;
type Booked = {
  total_minor: number;
  charges: { fees: { amount_minor: number }[]; taxes: { amount_minor: number }[]; discount_minor: number };
};

test('a receipt says what was sold, paid and given back, to the unit', async () => {
  const buyer = await shop.newBuyer();
  const bookingId = await shop.buy(buyer, show, [3, 2], { promo_code: 'HILL10' });
  const booking = (await shop.ask('GET', `/bookings/${bookingId}`, buyer)) as Booked;
  const { fees, taxes, discount_minor: discount } = booking.charges;
  assert.equal(discount, 770);
  const sums = 2 * 2_000 + 2_500 + 2 * 600 - discount + fees[0]!.amount_minor + taxes[1]!.amount_minor;
  assert.equal(sums, booking.total_minor, 'what stands on the receipt adds up to its total');

  const path = `/bookings/${bookingId}/receipt.pdf`;
  const text = await textOf(path, buyer);
  includes(text, 'Receipt', 'Aurora GmbH', 'Molkenmarkt 2', 'hello@aurora.example', 'Nachtmusik am Fluß');
  includes(text, 'Seat, Early bird', '€20.00', '€40.00', 'Seat', '€25.00', 'Wine', '€6.00', '€12.00', 'Discount: HILL10', '-€7.70');
  includes(
    text,
    'Booking fee',
    euros(fees[0]!.amount_minor),
    'City tax 5%',
    euros(taxes[1]!.amount_minor),
    'VAT 13%',
    euros(taxes[0]!.amount_minor),
  );
  includes(text, euros(booking.total_minor), 'Paid with test card (no money moved)', 'TEST');
  assert.ok(!text.includes('Refunded'));
  const number = /R-(?:\w{4}-){3}\w{4}/.exec(text)?.[0];
  const end = bookingId.slice(-8).toUpperCase();
  assert.ok(number?.endsWith(`${end.slice(0, 4)}-${end.slice(4)}`), 'its end is the short form of the booking');

  await shop.organize('POST', `/events/${show.eventId}/bookings/${bookingId}/refund`, { tickets: [1], reason: 'Kulanz' });
  const { refunded_minor: refunded } = (await shop.ask('GET', `/bookings/${bookingId}`, buyer)) as { refunded_minor: number };
  const later = await textOf(path, buyer);
  includes(later, number ?? '?', 'Refunded', `-${euros(refunded)}`, 'Paid after refunds', euros(booking.total_minor - refunded));
  const german = await textOf(`${path}?locale=de`, buyer);
  includes(german, 'Quittung', 'Erstattet', 'es floss kein Geld');
});

test('who sells has the same receipt, and a free booking has one, too', async () => {
  const buyer = await shop.newBuyer();
  const free = await shop.newShow({}, [{ name: 'Free', price_minor: 0, capacity: 10 }]);
  const bookingId = await shop.hold(buyer, free, [2], { confirm: true });
  const text = await textOf(`/bookings/${bookingId}/receipt.pdf`, buyer);
  includes(text, 'Free', '€0.00');
  assert.ok(!text.includes('TEST') && !text.includes('Paid with'));
  const its = `/organizations/${shop.organizationId}/events/${free.eventId}/bookings/${bookingId}/receipt.pdf`;
  assert.equal(await textOf(its, PLATFORM), text);
  const other = await shop.fetch(its.replace(free.eventId, show.eventId), PLATFORM);
  assert.equal(other.status, 404);
});
