import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Line, PlaceCommand } from '../../commands.ts';
import type { PriceRules, Tier } from '../../prices.ts';
import { decide } from '../decide.ts';
import type { Booking, SaleState } from '../state.ts';
import { applyChanges } from './apply-changes.ts';
import * as build from './build-commands.ts';
import { booking, buildState, NOW_MS, ticketType } from './build-state.ts';

const commandId = 'command-0';
const early: Tier = { name: 'early', priceMinor: 100, endsAtMs: NOW_MS + 10, untilTaken: 3 };

function sale(rules: Partial<PriceRules>, bookings: readonly Booking[] = [], buyerMax: number | null = null): SaleState {
  return buildState({
    types: [
      ticketType({ id: 'type-0', terms: { priceMinor: 250, buyerMax, ...rules } }),
      ticketType({ id: 'type-1', terms: { priceMinor: 50 } }),
    ],
    bookings,
  });
}

const place = (quantity: number, of: Partial<PlaceCommand> = {}): PlaceCommand =>
  build.place({ bookingId: 'new-0', lines: [{ ticketTypeId: 'type-0', quantity }], ...of });

test('a basket in which a tier ends has a line for each price, and a limit counts both', () => {
  const [outcome] = decide(sale({ tiers: [early] }), [place(5)], NOW_MS).outcomes;
  assert.ok(outcome?.kind === 'booking');
  assert.deepEqual(outcome.booking.lines, [
    { ticketTypeId: 'type-0', quantity: 3, unitPriceMinor: 100 },
    { ticketTypeId: 'type-0', quantity: 2, unitPriceMinor: 250 },
  ]);
  assert.deepEqual(
    outcome.booking.charges?.lines.map((line) => line.tier),
    ['early', null],
  );
  assert.equal(outcome.booking.totalMinor, 800);
});

test('a repeat keeps its price when the tier has ended, the price has changed and another total is expected', () => {
  const house = sale({ tiers: [early] });
  const held = applyChanges(house, decide(house, [place(2)], NOW_MS).changes);
  const dearer = build.changeTicketType({ commandId, ticketTypeId: 'type-0', changes: { priceMinor: 9_000, tiers: [] } });
  const { outcomes } = decide(held, [dearer, place(2, { expectedTotalMinor: 18_000 })], NOW_MS + 1_000);
  const [, repeat] = outcomes;
  assert.ok(repeat?.kind === 'booking' && repeat.replayed && repeat.booking.totalMinor === 200);
});

test('whoever was shown another total is told the right one, and nothing is held', () => {
  const { outcomes, changes } = decide(sale({ tiers: [early] }), [place(4, { expectedTotalMinor: 400 })], NOW_MS);
  assert.deepEqual(outcomes, [{ kind: 'price_changed', totalMinor: 550 }]);
  assert.equal(changes.newBookings.length, 0);
  assert.equal(decide(sale({ tiers: [early] }), [place(4, { expectedTotalMinor: 550 })], NOW_MS).outcomes[0]?.kind, 'booking');
});

test('a tier ends at its time to the millisecond', () => {
  const totals = [9, 10].map((laterMs) => {
    const [outcome] = decide(sale({ tiers: [early] }), [place(1)], NOW_MS + laterMs).outcomes;
    return outcome?.kind === 'booking' && outcome.booking.totalMinor;
  });
  assert.deepEqual(totals, [100, 250]);
});

/** Expired, of one type at two prices. */
const twoPrices = booking({
  id: 'booking-0',
  state: 'expired',
  lines: [
    { ticketTypeId: 'type-0', quantity: 3, unitPriceMinor: 100 },
    { ticketTypeId: 'type-0', quantity: 2, unitPriceMinor: 250 },
  ],
});
const paid = build.confirm({ commandId, bookingId: 'booking-0', tender: 'external' });

test('a late payment for two lines of one type keeps to the buyer’s limit with both of them', () => {
  for (const [buyerMax, kind] of [
    [4, 'limit'],
    [5, 'booking'],
  ] as const) {
    assert.equal(decide(sale({}, [twoPrices], buyerMax), [paid], NOW_MS).outcomes[0]?.kind, kind, `${buyerMax}`);
  }
});

test('a late payment for two lines of one type needs stock for both, and keeps its price', () => {
  const others = (quantity: number) =>
    booking({ id: 'booking-1', buyerKey: 'buyer-1', lines: [{ ticketTypeId: 'type-0', quantity, unitPriceMinor: 0 }] });
  const [refused] = decide(sale({}, [twoPrices, others(6)]), [paid], NOW_MS).outcomes;
  assert.deepEqual(refused, { kind: 'sold_out', ticketTypeId: 'type-0', left: 4 });
  const [outcome] = decide(sale({ tiers: [early] }, [twoPrices, others(5)]), [paid], NOW_MS).outcomes;
  assert.ok(outcome?.kind === 'booking' && outcome.booking.totalMinor === 800);
});

const lines = (tickets: number, addOns: number): Line[] => [
  ...(tickets > 0 ? [{ ticketTypeId: 'type-1', quantity: tickets }] : []),
  ...(addOns > 0 ? [{ ticketTypeId: 'type-0', quantity: addOns }] : []),
];

test('an add-on goes with its tickets, so many for each, and never alone', () => {
  const limit = (allowed: number) => ({ kind: 'limit', limit: 'add_on', ticketTypeId: 'type-0', allowed });
  for (const to of [null, ['type-1']]) {
    const house = sale({ addOn: { to, perTicket: 2 } });
    const outcomeOf = (tickets: number, addOns: number) => decide(house, [place(1, { lines: lines(tickets, addOns) })], NOW_MS).outcomes[0];
    assert.equal(outcomeOf(2, 4)?.kind, 'booking');
    assert.deepEqual(outcomeOf(2, 5), limit(4));
    assert.deepEqual(outcomeOf(0, 1), limit(0));
  }
  const ofOthers = sale({ addOn: { to: ['type-0'], perTicket: 2 } });
  assert.deepEqual(decide(ofOthers, [place(1, { lines: lines(2, 1) })], NOW_MS).outcomes, [limit(0)], 'an add-on is no ticket for add-ons');
});

test('where the buyer chooses the price the type’s own is the least, and elsewhere none can be chosen', () => {
  const give = (chosenPriceMinor: number) => place(1, { lines: [{ ticketTypeId: 'type-0', quantity: 2, chosenPriceMinor }] });
  const outcomeOf = (rules: Partial<PriceRules>, command: PlaceCommand) => decide(sale(rules), [command], NOW_MS).outcomes[0];
  const [donated, least] = [outcomeOf({ isDonation: true }, give(251)), outcomeOf({ isDonation: true }, place(2))];
  assert.ok(donated?.kind === 'booking' && donated.booking.totalMinor === 502 && donated.booking.charges === null);
  assert.ok(least?.kind === 'booking' && least.booking.totalMinor === 500);
  assert.deepEqual(outcomeOf({ isDonation: true }, give(249)), { kind: 'wrong_price', ticketTypeId: 'type-0', leastMinor: 250 });
  assert.deepEqual(outcomeOf({}, give(300)), { kind: 'wrong_price', ticketTypeId: 'type-0', leastMinor: null });
});
