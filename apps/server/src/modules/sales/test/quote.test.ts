import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Pricing } from '../prices.ts';
import { quote, type QuoteOutcome } from '../quote.ts';
import { anId, bookingIn, hold, type EventUnderTest } from './buyers.ts';
import { createCode } from './promo.ts';
import { openEvent, openSales } from './support.ts';

const sales = await openSales();
after(() => sales.closeAll());

const pricing: Pricing = {
  rounding: { mode: 'half_even', per: 'line' },
  fees: [
    { name: 'Service', kind: 'percent', ratePpm: 33_333, ticketTypeIds: null, onFree: false },
    { name: 'Handling', kind: 'per_booking', amountMinor: 150, ticketTypeIds: null, onFree: true },
  ],
  taxes: [
    { name: 'VAT', ratePpm: 190_000, included: true, onFees: true, ticketTypeIds: null },
    { name: 'City', ratePpm: 10_001, included: false, onFees: false, ticketTypeIds: null },
  ],
};

/** Seats in tiers, a drink for each seat, and a gift that the buyer chooses. */
async function openPriced(): Promise<EventUnderTest> {
  const tiers = [
    { name: 'first', priceMinor: 1_899, endsAtMs: null, untilTaken: 2 },
    { name: 'over', priceMinor: 1, endsAtMs: 1, untilTaken: null },
    { name: 'second', priceMinor: 2_999, endsAtMs: 4_000_000_000_000, untilTaken: 4 },
  ];
  const types = [
    { capacity: 10, terms: { priceMinor: 3_333, tiers } },
    { capacity: 10, terms: { priceMinor: 499, addOn: { to: null, perTicket: 1 } } },
    { capacity: 10, terms: { priceMinor: 100, isDonation: true } },
  ];
  return openEvent(sales, types, { pricing });
}

const ask = (eventId: string, of: { lines: Parameters<typeof quote>[1]['lines']; promoCode?: string }): Promise<QuoteOutcome> =>
  quote(sales, { eventId, accessCode: null, promoCode: null, ...of });

test('hold after hold costs what a quote before it says, tier by tier, with and without a code', async () => {
  const event = await openPriced();
  const [seat = '', drink = '', gift = ''] = event.ticketTypeIds;
  await createCode(sales, event, 'HALF', { value: 333_333, ticketTypeIds: [seat], usesMax: 2 });
  const totals: number[] = [];
  for (const promoCode of [undefined, 'HALF', undefined, 'HALF']) {
    const lines = [
      { ticketTypeId: gift, quantity: 1, chosenPriceMinor: 777 },
      { ticketTypeId: seat, quantity: 2 },
      { ticketTypeId: drink, quantity: 1 },
    ];
    const asked = { lines, ...(promoCode && { promoCode }) };
    const quoted = await ask(event.eventId, asked);
    assert.ok(quoted.kind === 'quote', JSON.stringify(quoted));
    const held = bookingIn(await hold(sales, event, { ...asked, expectedTotalMinor: quoted.basket.totalMinor }));
    const { lines: heldLines, totalMinor, extraMinor, charges } = held;
    assert.deepEqual({ kind: 'priced', lines: heldLines, totalMinor, extraMinor, charges }, quoted.basket);
    assert.equal(held.currency, quoted.currency);
    totals.push(totalMinor);
  }
  assert.equal(new Set(totals).size, 4, 'each is at another price');
  assert.deepEqual(await ask(event.eventId, { lines: [{ ticketTypeId: seat, quantity: 1 }], promoCode: 'HALF' }), {
    kind: 'promo_refused',
    reason: 'used_up',
  });
});

test('a quote is refused as the hold would be, and keeps nothing', async () => {
  const event = await openPriced();
  const [seat = '', drink = ''] = event.ticketTypeIds;
  const asked = [
    { lines: [{ ticketTypeId: seat, quantity: 11 }] },
    { lines: [{ ticketTypeId: drink, quantity: 1 }] },
    { lines: [{ ticketTypeId: anId(), quantity: 1 }] },
    { lines: [{ ticketTypeId: seat, quantity: 1, chosenPriceMinor: 5 }] },
    { lines: [{ ticketTypeId: seat, quantity: 1 }], promoCode: 'NONE' },
  ];
  for (const each of asked) assert.deepEqual(await ask(event.eventId, each), await hold(sales, event, each));
  assert.deepEqual(await ask(anId(), { lines: [{ ticketTypeId: seat, quantity: 1 }] }), { kind: 'unknown_event' });
  await ask(event.eventId, { lines: [{ ticketTypeId: seat, quantity: 10 }] });
  assert.equal((await hold(sales, event, { quantity: 10 })).kind, 'booking');
});
