import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { BOOKING_STATES } from '../../booking-states.ts';
import { decide } from '../decide.ts';
import { leftIn, type Booking, type SaleState } from '../state.ts';
import { applyChanges } from './apply-changes.ts';
import { arbitraryCase, type Case } from './arbitrary-commands.ts';
import * as build from './build-commands.ts';
import { booking, buildState, NOW_MS, ticketType } from './build-state.ts';
import { assertCatches, assertHolds, type Decide, type Property } from './check-property.ts';

/** What a booking's buyer was promised stays: who, what, at which price; and its states follow the table. */
const keepsPromises: Property<Case> = {
  cases: arbitraryCase,
  check: (decideOn, { state, commands }) => {
    const after = applyChanges(state, decideOn(state, commands, NOW_MS).changes);
    for (const [id, before] of state.bookings) {
      const now = after.bookings.get(id);
      assert.ok(now, `${id} is still there`);
      assert.deepEqual(promised(now), promised(before), `${id} keeps its price`);
      assert.ok(reachable(before.state).has(now.state), `${id} went from ${before.state} to ${now.state}`);
      assertExtendedOnce(before, now);
    }
  },
};

function promised({ buyerKey, lines, quantity, totalMinor, currency, heldAtMs, fingerprint }: Booking) {
  return { buyerKey, lines, quantity, totalMinor, currency, heldAtMs, fingerprint };
}

/** The states that a booking can come to from one, in any number of moves. */
function reachable(from: string, found = new Set([from])): Set<string> {
  const { moves } = BOOKING_STATES[from as keyof typeof BOOKING_STATES];
  for (const to of Object.values(moves)) if (!found.has(to)) reachable(to, found.add(to));
  return found;
}

function assertExtendedOnce(before: Booking, now: Booking): void {
  const holdLengthMs = before.expiresAtMs - before.heldAtMs;
  const byMs = now.expiresAtMs - before.expiresAtMs;
  // Whoever goes to pay has as long as a hold from then on.
  const mostMs = holdLengthMs + Math.max(0, NOW_MS - before.expiresAtMs);
  if (before.extended || !now.extended) assert.equal(byMs, 0, `${now.id} is extended once`);
  else assert.ok(byMs >= 0 && byMs <= mostMs, `${now.id} is extended by ${byMs}, at most by ${mostMs}`);
  assert.ok(!before.extended || now.extended, `${now.id} remembers that it was extended`);
}

test('a booking keeps its price, follows its states, and is extended once by at most a hold’s length', () => assertHolds(keepsPromises));

test('decisions that break a promise are caught', () => {
  const raisesPrices: Decide = (state, commands, nowMs) => {
    const decision = decide(state, commands, nowMs);
    for (const changed of decision.changes.changedBookings) changed.totalMinor += 100;
    return decision;
  };
  const extendsTwice: Decide = (state, commands, nowMs) => {
    const fresh = [...state.bookings].map(([id, each]) => [id, { ...each, extended: false }] as const);
    return decide({ ...state, bookings: new Map(fresh) }, commands, nowMs);
  };
  const extendsFar: Decide = (state, commands, nowMs) => {
    const decision = decide(state, commands, nowMs);
    for (const changed of decision.changes.changedBookings) if (changed.extended) changed.expiresAtMs += 10_000_000;
    return decision;
  };
  for (const broken of [raisesPrices, extendsTwice, extendsFar]) assertCatches(keepsPromises, broken);
});

/** A payment for an expired booking, in a house with some room, for a buyer with some allowance. */
type Late = { state: SaleState; fits: boolean };

const latePayment: fc.Arbitrary<Late> = fc
  .record({
    quantity: fc.integer({ min: 1, max: 4 }),
    left: fc.integer({ min: 0, max: 6 }),
    leftInQuota: fc.integer({ min: 0, max: 6 }),
    hasAlready: fc.integer({ min: 0, max: 3 }),
    buyerMax: fc.option(fc.integer({ min: 1, max: 6 }), { nil: null }),
    ofEvent: fc.boolean(),
  })
  .map(({ quantity, left, leftInQuota, hasAlready, buyerMax, ofEvent }) => {
    const bookings = [booking({ id: 'booking-0', state: 'expired', lines: [{ ticketTypeId: 'type-0', quantity, unitPriceMinor: 900 }] })];
    const others = [{ ticketTypeId: 'type-0', quantity: hasAlready, unitPriceMinor: 0 }];
    if (hasAlready > 0) bookings.push(booking({ id: 'booking-1', state: 'confirmed', lines: others }));
    const state = buildState({
      terms: { buyerMax: ofEvent ? buyerMax : null },
      types: [ticketType({ id: 'type-0', capacity: left + hasAlready, terms: { buyerMax: ofEvent ? null : buyerMax } })],
      quotas: [{ id: 'quota-0', ticketTypeIds: ['type-0'], capacity: leftInQuota + hasAlready }],
      bookings,
    });
    const isAllowed = hasAlready + quantity <= (buyerMax ?? Number.POSITIVE_INFINITY);
    return { state, fits: isAllowed && quantity <= Math.min(left, leftInQuota) };
  });

const reclaimsIfItFits: Property<Late> = {
  cases: latePayment,
  check: (decideOn, { state, fits }) => {
    const paid = build.confirm({ commandId: 'command-0', bookingId: 'booking-0', tender: 'external' });
    const { outcomes, changes } = decideOn(state, [paid], NOW_MS);
    assert.equal(outcomes[0]?.kind === 'booking', fits, `a late payment gets its tickets exactly if they fit: ${outcomes[0]?.kind}`);
    const after = applyChanges(state, changes);
    assert.equal(after.bookings.get('booking-0')?.state, fits ? 'confirmed' : 'expired');
    for (const stock of [...after.ticketTypes.values(), ...after.quotas.values()]) assert.ok(leftIn(stock) >= 0, `${stock.id} is oversold`);
  },
};

test('a late payment takes its tickets again exactly if stock and limits allow', () => assertHolds(reclaimsIfItFits));

test('decisions that reclaim regardless of stock or of limits, or never, are caught', () => {
  const bottomless: Decide = (state, commands, nowMs) => {
    const types = [...state.ticketTypes].map(([id, type]) => [id, { ...type, capacity: type.capacity + 100 }] as const);
    return decide({ ...state, ticketTypes: new Map(types), quotas: new Map() }, commands, nowMs);
  };
  const boundless: Decide = (state, commands, nowMs) => decide({ ...state, buyerTotals: new Map() }, commands, nowMs);
  const never: Decide = (state, _commands, nowMs) => ({ ...decide(state, [], nowMs), outcomes: [{ kind: 'unknown_booking' }] });
  for (const broken of [bottomless, boundless, never]) assertCatches(reclaimsIfItFits, broken);
});
