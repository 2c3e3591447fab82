import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Command, PlaceCommand } from '../../commands.ts';
import { decide } from '../decide.ts';
import type { SaleState } from '../state.ts';
import * as build from './build-commands.ts';
import { booking, buildState, NOW_MS, ticketType } from './build-state.ts';
import { assertCatches, assertHolds, type Decide, type Property } from './check-property.ts';

const capacity = fc.integer({ min: 0, max: 12 });
const TYPE_IDS = ['type-0', 'type-1', 'type-2', 'type-3'] as const;

type Crowd = { state: SaleState; commands: PlaceCommand[]; shuffled: PlaceCommand[] };

/**
 * Types under quotas that lie within one another, and baskets of one size for one type each. Only then can totals not
 * depend on the order: with quotas that cross, a ticket of one type can cost two others their last.
 */
const oneSizeCrowd: fc.Arbitrary<Crowd> = fc
  .record({
    capacities: fc.tuple(capacity, capacity, capacity, capacity),
    halves: fc.tuple(capacity, capacity),
    whole: fc.integer({ min: 0, max: 20 }),
    size: fc.integer({ min: 1, max: 3 }),
    wanted: fc.array(fc.constantFrom(...TYPE_IDS), { maxLength: 20 }),
  })
  .chain(({ capacities, halves, whole, size, wanted }) => {
    const state = buildState({
      types: TYPE_IDS.map((id, index) => ticketType({ id, capacity: capacities[index] ?? 0 })),
      quotas: [
        { id: 'quota-0', ticketTypeIds: ['type-0', 'type-1'], capacity: halves[0] },
        { id: 'quota-1', ticketTypeIds: ['type-2', 'type-3'], capacity: halves[1] },
        { id: 'quota-2', ticketTypeIds: TYPE_IDS, capacity: whole },
      ],
    });
    const commands = wanted.map((ticketTypeId, index) =>
      build.place({ bookingId: `new-${index}`, buyerKey: `buyer-${index}`, lines: [{ ticketTypeId, quantity: size }] }),
    );
    const shuffled = fc.shuffledSubarray(commands, { minLength: commands.length });
    return fc.record({ state: fc.constant(state), commands: fc.constant(commands), shuffled });
  });

const totalsIgnoreOrder: Property<Crowd> = {
  cases: oneSizeCrowd,
  check: (decideOn, { state, commands, shuffled }) => {
    assert.equal(soldIn(decideOn, state, commands), soldIn(decideOn, state, shuffled), 'as many tickets, whatever the order');
  },
};

function soldIn(decideOn: Decide, state: SaleState, commands: readonly Command[]): number {
  return decideOn(state, commands, NOW_MS).changes.newBookings.reduce((sum, each) => sum + each.quantity, 0);
}

test('with requests of one size the total does not depend on their order', () => assertHolds(totalsIgnoreOrder));

test('a decision that gives up at the first refusal is caught', () => {
  assertCatches(totalsIgnoreOrder, (state, commands, nowMs) => {
    const refused = decide(state, commands, nowMs).outcomes.findIndex((outcome) => outcome.kind === 'sold_out');
    return decide(state, refused < 0 ? commands : commands.slice(0, refused), nowMs);
  });
});

type Queue = { state: SaleState; commands: PlaceCommand[] };

/** Equal baskets of one or two types, each of a buyer of its own. */
const equals: Property<Queue> = {
  cases: fc
    .record({
      capacities: fc.tuple(capacity, capacity),
      shared: capacity,
      quantity: fc.integer({ min: 1, max: 3 }),
      typeCount: fc.integer({ min: 1, max: 2 }),
      buyers: fc.integer({ min: 0, max: 15 }),
    })
    .map(({ capacities, shared, quantity, typeCount, buyers }) => {
      const types = capacities.map((of, index) => ticketType({ id: `type-${index}`, capacity: of }));
      const lines = types.slice(0, typeCount).map((type) => ({ ticketTypeId: type.id, quantity }));
      const quotas = [{ id: 'quota-0', ticketTypeIds: ['type-0', 'type-1'], capacity: shared }];
      const commands = Array.from({ length: buyers }, (_, index) =>
        build.place({ bookingId: `new-${index}`, buyerKey: `buyer-${index}`, lines }),
      );
      return { state: buildState({ types, quotas }), commands };
    }),
  check: (decideOn, { state, commands }) => {
    const served = decideOn(state, commands, NOW_MS).outcomes.map((outcome) => outcome.kind === 'booking');
    const firstRefused = served.indexOf(false);
    if (firstRefused >= 0) assert.ok(!served.slice(firstRefused).includes(true), 'nobody is served before who came earlier');
  },
};

test('among equals, who comes first is served first', () => assertHolds(equals));

test('a decision that serves the last first is caught', () => {
  assertCatches(equals, (state, commands, nowMs) => {
    const reversed = decide(state, [...commands].reverse(), nowMs);
    return { ...reversed, outcomes: reversed.outcomes.reverse() };
  });
});

/** A full house, one command that gives some of it back, and a basket for just that, in either order. */
type Return = { state: SaleState; commands: Command[] };

const returned: fc.Arbitrary<Return> = fc
  .record({
    quantity: fc.integer({ min: 1, max: 5 }),
    how: fc.constantFrom('release', 'cancel', 'expire', 'unset', 'raise'),
    viaQuota: fc.boolean(),
    isLate: fc.boolean(),
  })
  .map(({ quantity, how, viaQuota, isLate }) => {
    const state = fullHouse(quantity, viaQuota);
    const placing = build.place({ bookingId: 'new-0', buyerKey: 'buyer-9', lines: [{ ticketTypeId: 'type-0', quantity }] });
    const giving = givingBack(how, quantity, viaQuota);
    return { state, commands: isLate ? [placing, giving] : [giving, placing] };
  });

function fullHouse(quantity: number, viaQuota: boolean): SaleState {
  const lines = [{ ticketTypeId: 'type-0', quantity, unitPriceMinor: 0 }];
  const all = 4 * quantity;
  return buildState({
    types: [ticketType({ id: 'type-0', setAside: quantity, capacity: viaQuota ? 100 : all })],
    quotas: viaQuota ? [{ id: 'quota-0', ticketTypeIds: ['type-0'], capacity: all }] : [],
    bookings: [
      booking({ id: 'booking-0', lines }),
      booking({ id: 'booking-1', lines, state: 'confirmed' }),
      booking({ id: 'booking-2', lines, expiresAtMs: NOW_MS }),
    ],
  });
}

function givingBack(how: string, quantity: number, viaQuota: boolean): Command {
  const commandId = 'command-0';
  switch (how) {
    case 'release':
      return build.release({ commandId, bookingId: 'booking-0' });
    case 'cancel':
      return build.cancel({ commandId, bookingId: 'booking-1' });
    case 'expire':
      return { kind: 'expire', everything: false };
    case 'unset':
      return build.setAside({ commandId, ticketTypeId: 'type-0', quantity: -quantity });
    default:
      return viaQuota
        ? build.changeQuota({ commandId, quotaId: 'quota-0', capacity: 5 * quantity })
        : build.changeTicketType({ commandId, ticketTypeId: 'type-0', capacity: 5 * quantity });
  }
}

const returnsAreAvailable: Property<Return> = {
  cases: returned,
  check: (decideOn, { state, commands }) => {
    const { outcomes } = decideOn(state, commands, NOW_MS);
    const index = commands.findIndex((command) => command.kind === 'place');
    assert.equal(outcomes[index]?.kind, 'booking', 'what comes back in a batch can be placed in it');
  },
};

test('what is given back in a batch is available to its holds, even to those that came before', () => assertHolds(returnsAreAvailable));

test('a decision that places first is caught', () => {
  assertCatches(returnsAreAvailable, (state, commands, nowMs) => ({
    ...decide(state, commands, nowMs),
    outcomes: commands.flatMap((command) => decide(state, [command], nowMs).outcomes),
  }));
});
