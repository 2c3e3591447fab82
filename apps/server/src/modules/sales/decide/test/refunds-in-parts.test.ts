import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Command, RefundCommand } from '../../commands.ts';
import type { Owed } from '../../money.ts';
import { decide } from '../decide.ts';
import type { Booking, SaleState } from '../state.ts';
import { assertBalanced, balanceOf, incomeOf, owedMinor } from './books.ts';
import * as build from './build-commands.ts';
import { booking, buildState, ticketType } from './build-state.ts';
import { assertCatches, assertHolds, type Decide, type Property } from './check-property.ts';
import { type Lived, liveThrough } from './live-through.ts';

const bookingId = 'booking-0';

/** A booking that is paid for and comes back, in parts. */
type Parts = { state: SaleState; paid: Command; refunds: RefundCommand[] };

const price = fc.oneof(fc.constantFrom(0, 1, 3, 999, 33_333_333_333), fc.integer({ min: 0, max: 10_000 }));
const extra = fc.oneof(fc.constantFrom(0, 1, 2, 100_000_000_001), fc.integer({ min: 0, max: 500 }));

const arbitraryBooking: fc.Arbitrary<Booking> = fc
  .record({
    lines: fc.array(fc.record({ quantity: fc.integer({ min: 1, max: 4 }), unitPriceMinor: price }), { minLength: 1, maxLength: 3 }),
    feesMinor: extra,
    taxesMinor: extra,
  })
  .map(({ lines, feesMinor, taxesMinor }) => {
    const held = booking({ id: bookingId, lines: lines.map((line) => ({ ...line, ticketTypeId: 'type-0' })) });
    const charges = {
      discountMinor: 0,
      fees: [{ name: 'fee', amountMinor: feesMinor }],
      taxes: [{ name: 'tax', ratePpm: 0, included: false, amountMinor: taxesMinor }],
      lines: lines.map(({ unitPriceMinor }) => ({ listPriceMinor: unitPriceMinor, tier: null })),
    };
    const extraMinor = feesMinor + taxesMinor;
    return { ...held, charges, extraMinor, totalMinor: held.totalMinor + extraMinor };
  })
  .filter(({ totalMinor }) => totalMinor > 0);

/** Its tickets in parts, in any order, and an amount for nothing now and then. */
const arbitraryParts: fc.Arbitrary<Parts> = arbitraryBooking.chain((made) =>
  fc
    .record({
      tickets: fc.shuffledSubarray(
        Array.from({ length: made.quantity }, (_, index) => index + 1),
        { minLength: made.quantity },
      ),
      cuts: fc.array(fc.boolean(), { minLength: made.quantity, maxLength: made.quantity }),
      goodwill: fc.array(fc.constantFrom(0, 0, 1, 50, 2_000), { minLength: made.quantity, maxLength: made.quantity }),
      isAll: fc.boolean(),
      tender: fc.constantFrom('card', 'card', 'cash'),
    })
    .map(({ tickets, cuts, goodwill, isAll, tender }) => {
      const parts: number[][] = [];
      for (const [index, number] of tickets.entries()) {
        const last = parts.at(-1);
        if (last && cuts[index]) last.push(number);
        else parts.push([number]);
      }
      return { state: houseOf(made), paid: payFor(made, tender), refunds: refundsOf(parts, goodwill, isAll) };
    }),
);

function houseOf(made: Booking): SaleState {
  return buildState({ types: [ticketType({ id: 'type-0', capacity: made.quantity })], bookings: [made] });
}

function payFor({ totalMinor }: Booking, tender: string): Command {
  if (tender === 'cash') return build.confirm({ commandId: 'paid', bookingId, tender: 'cash' });
  return build.receivePayment({ commandId: 'paid', bookingId, receivedMinor: totalMinor });
}

function refundsOf(parts: readonly (readonly number[])[], goodwill: readonly number[], isAll: boolean): RefundCommand[] {
  return parts.flatMap((tickets, index) => {
    const isLast = index === parts.length - 1;
    const back = build.refund({ commandId: `part-${index}`, bookingId, tickets: isLast && isAll ? 'all' : tickets });
    const amountMinor = goodwill[index] ?? 0;
    const more = build.refund({ commandId: `more-${index}`, bookingId, tickets: [], amountMinor });
    return amountMinor > 0 ? [more, back] : [back];
  });
}

/** Each command comes twice at once, and again with the next one. */
function live(decideOn: Decide, { state, paid }: Parts, refunds: readonly Command[]): Lived {
  const all = [paid, ...refunds];
  const steps = all.map((command, index) => ({ afterMs: 1, commands: [...all.slice(Math.max(0, index - 1), index), command, command] }));
  return liveThrough(decideOn, state, steps);
}

/** However it comes back, in the end all of it has: prices, fees and taxes, each to the unit. */
const comesOutEven: Property<Parts> = {
  cases: arbitraryParts,
  check: (decideOn, parts) => {
    for (let count = 0; count <= parts.refunds.length; count += 1) {
      const { state, books } = live(decideOn, parts, parts.refunds.slice(0, count));
      const made = state.bookings.get(bookingId);
      assert.ok(made);
      assertBalanced(books);
      assert.equal(incomeOf(books), made.paidMinor - made.refundedMinor, 'what is left is what was paid less what went back');
      for (const account of ['sales', 'fees', 'taxes'] as const)
        assert.ok(balanceOf(books, account) <= 0, `more ${account} went back than came in`);
      assert.equal(books.valid.size, made.quantity - made.returned.length);
      assert.equal(
        state.ticketTypes.get('type-0')?.sold,
        made.quantity - made.returned.length,
        'in stock is the quantity less what came back',
      );
      if (count === parts.refunds.length) assertGone(made, { state, books, told: [] });
    }
  },
};

function assertGone(made: Booking, { books }: Lived): void {
  assert.deepEqual([made.state, made.refundedMinor, made.refundedExtraMinor], ['refunded', made.totalMinor, made.extraMinor]);
  for (const account of ['sales', 'fees', 'taxes'] as const)
    assert.equal(balanceOf(books, account), 0, `nothing of the ${account} is left`);
  const isByCard = made.tender === 'card';
  assert.equal(owedMinor(books), isByCard ? made.totalMinor : 0);
  assert.equal(balanceOf(books, 'cash'), 0, 'over the desk it went out at once');
}

test('refunded in any parts and any order, prices, fees and taxes come out to the unit', () => assertHolds(comesOutEven));

test('decisions that round money away, or take fees for taxes, are caught', () => {
  const roundsAway: Decide = (state, commands, nowMs) => {
    const decision = decide(state, commands, nowMs);
    for (const transfer of decision.changes.transfers) {
      if (transfer.kind === 'refund' && transfer.debit === 'fees' && transfer.amountMinor > 1) transfer.amountMinor -= 1;
    }
    return decision;
  };
  const mistakesFees: Decide = (state, commands, nowMs) => {
    const decision = decide(state, commands, nowMs);
    for (const transfer of decision.changes.transfers)
      if (transfer.kind === 'refund' && transfer.debit === 'fees') transfer.debit = 'taxes';
    return decision;
  };
  const keepsFees: Decide = (state, commands, nowMs) =>
    decide(
      state,
      commands.map((command) => (command.kind === 'refund' && command.tickets !== 'all' ? { ...command, keepFees: true } : command)),
      nowMs,
    );
  const paysTwice: Decide = (state, commands, nowMs) => decide({ ...state, executed: new Map() }, commands, nowMs);
  for (const broken of [roundsAway, mistakesFees, keepsFees, paysTwice]) assertCatches(comesOutEven, broken);
});

/** Refunds of anything at all, and what the provider has done of what is owed. */
type Wild = Parts & { shares: number[] };

const arbitraryWild: fc.Arbitrary<Wild> = arbitraryParts.chain((parts) =>
  fc.record({
    state: fc.constant(parts.state),
    paid: fc.constant(parts.paid),
    shares: fc.array(fc.nat(3), { maxLength: 6 }),
    refunds: fc.array(
      fc
        .record({
          tickets: fc.oneof(fc.constant('all' as const), fc.array(fc.integer({ min: 1, max: 13 }), { maxLength: 3 })),
          amountMinor: fc.oneof(fc.constant(null), fc.constantFrom(0, 1, 100, 999), fc.integer({ min: 0, max: 20_000 })),
          keepFees: fc.boolean(),
          restock: fc.boolean(),
          commandId: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'),
        })
        .map((asked) => build.refund({ ...asked, bookingId })),
      { maxLength: 8 },
    ),
  }),
);

/** Whatever is asked for: never more than was paid, no ticket twice, and the books say what the booking says. */
const staysWithin: Property<Wild> = {
  cases: arbitraryWild,
  check: (decideOn, wild) => {
    const first = live(decideOn, wild, wild.refunds);
    const done = settle([...first.books.owed.values()], wild.shares);
    const { state, books } = live(decideOn, wild, [...wild.refunds, ...done]);
    const made = state.bookings.get(bookingId);
    assert.ok(made && made.refundedMinor <= made.paidMinor);
    assertBalanced(books);
    assert.equal(incomeOf(books), made.paidMinor - made.refundedMinor);
    assert.equal(new Set(made.returned).size, made.returned.length, 'no ticket comes back twice');
    assert.equal(books.valid.size, made.quantity - made.returned.length);
    assert.equal(state.ticketTypes.get('type-0')?.sold, made.quantity - made.returned.length);
    const isGone = made.returned.length === made.quantity;
    assert.equal(made.state === 'refunded' || made.state === 'cancelled', isGone, 'a booking without tickets is at its end');
    const isWhole = made.state === 'confirmed';
    assert.equal(isWhole, made.returned.length === 0 && made.refundedMinor === 0, 'a booking that is whole is confirmed');
  },
};

/** Some of what is owed is done, some cannot be, some is still on its way. */
function settle(owed: readonly Owed[], shares: readonly number[]): Command[] {
  return owed.flatMap((each, index) => {
    const share = shares[index] ?? 0;
    if (share === 0) return [];
    return [build.settleOwed({ commandId: `settled-${each.id}`, bookingId, owed: each, isDone: share > 1 })];
  });
}

test('whatever is asked for, no more goes back than was paid, and no ticket twice', () => assertHolds(staysWithin));

test('decisions that give too much, or the same ticket again, are caught', () => {
  const forgets =
    (fresh: Partial<Booking>): Decide =>
    (state, commands, nowMs) => {
      const bookings = [...state.bookings].map(([id, each]) => [id, { ...each, ...fresh }] as const);
      return decide({ ...state, bookings: new Map(bookings) }, commands, nowMs);
    };
  const settlesForNothing: Decide = (state, commands, nowMs) => {
    const decision = decide(state, commands, nowMs);
    decision.changes.transfers = decision.changes.transfers.filter(({ kind }) => kind !== 'refund_done');
    return decision;
  };
  const neverEnds: Decide = (state, commands, nowMs) => {
    const decision = decide(state, commands, nowMs);
    for (const each of decision.changes.changedBookings) if (each.state === 'refunded') each.state = 'partially_refunded';
    return decision;
  };
  for (const broken of [forgets({ refundedMinor: 0, refundedExtraMinor: 0 }), forgets({ returned: [] }), settlesForNothing, neverEnds]) {
    assertCatches(staysWithin, broken);
  }
});
