import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Command } from '../../commands.ts';
import type { Dispute } from '../../money.ts';
import { decide } from '../decide.ts';
import type { Booking, SaleState } from '../state.ts';
import { assertBalanced, balanceOf, type Books, incomeOf, owedMinor } from './books.ts';
import * as build from './build-commands.ts';
import { booking, buildState, ticketType } from './build-state.ts';
import { assertCatches, assertHolds, type Decide, type Property } from './check-property.ts';
import { liveThrough, type Step } from './live-through.ts';

const bookingId = 'booking-0';
const QUANTITY = 3;
const TOTAL_MINOR = 1_060;

/** Three tickets at 3.33, a fee of 0.40 and a tax of 0.21. */
function house(): SaleState {
  const held = booking({ id: bookingId, lines: [{ ticketTypeId: 'type-0', quantity: QUANTITY, unitPriceMinor: 333 }] });
  const charges = {
    discountMinor: 0,
    fees: [{ name: 'fee', amountMinor: 40 }],
    taxes: [{ name: 'tax', ratePpm: 0, included: false, amountMinor: 21 }],
    lines: [{ listPriceMinor: 333, tier: null }],
  };
  return buildState({
    types: [ticketType({ id: 'type-0', capacity: QUANTITY })],
    bookings: [{ ...held, charges, extraMinor: 61, totalMinor: TOTAL_MINOR }],
  });
}

const paid = build.receivePayment({ commandId: 'paid', bookingId, receivedMinor: TOTAL_MINOR });
const say = (status: Dispute, amountMinor = TOTAL_MINOR) => build.dispute({ commandId: status, bookingId, status, amountMinor });
const refundAll = build.refund({ commandId: 'refund', bookingId });

function live(...commands: readonly Command[]) {
  const { state, books, told } = liveThrough(
    decide,
    house(),
    commands.map((command) => ({ afterMs: 1, commands: [command] })),
  );
  const made = state.bookings.get(bookingId);
  assert.ok(made);
  return { state, books, told, made };
}

/** What lies where, in the order: provider, sales, fees, taxes, owed, disputed. */
function standing(books: Books): number[] {
  return (['provider', 'sales', 'fees', 'taxes', 'owed', 'disputed'] as const).map((account) => balanceOf(books, account));
}

test('a dispute takes the money from the provider and leaves the sale as it is', () => {
  const { books, made } = live(paid, say('opened'));
  assert.deepEqual(standing(books), [0, -999, -40, -21, 0, TOTAL_MINOR]);
  assert.deepEqual([made.state, made.dispute, made.disputedMinor], ['confirmed', 'opened', TOTAL_MINOR]);
  assert.equal(books.valid.size, QUANTITY);
});

test('what is disputed is not refunded as well', () => {
  const { told, books } = live(paid, say('opened'), refundAll);
  assert.deepEqual(told, ['done', 'done', 'disputed']);
  assert.equal(owedMinor(books), 0);
});

test('a dispute that is won gives everything back, and the booking can be refunded again', () => {
  const { told, books, made } = live(paid, say('opened'), say('won'), refundAll);
  assert.deepEqual(told, ['done', 'done', 'done', 'done']);
  assert.deepEqual([made.state, made.dispute, made.disputedMinor], ['refunded', 'won', 0]);
  assert.deepEqual(standing(books), [TOTAL_MINOR, 0, 0, 0, -TOTAL_MINOR, 0]);
});

test('a dispute that is lost ends the booking: no tickets, no income, and the stock is there again', () => {
  for (const before of [[], [say('opened')]]) {
    const { state, books, made } = live(paid, ...before, say('lost'));
    assert.deepEqual([made.state, made.dispute, made.refundedMinor], ['cancelled', 'lost', TOTAL_MINOR]);
    assert.deepEqual(standing(books), [0, 0, 0, 0, 0, 0]);
    assert.equal(books.valid.size, 0);
    assert.equal(books.revoked.size, QUANTITY);
    assert.equal(state.ticketTypes.get('type-0')?.sold, 0);
  }
});

test('a refund of a chargeback is refused', () => {
  assert.deepEqual(live(paid, say('lost'), refundAll).told, ['done', 'done', 'wrong_state']);
});

test('what was refunded before the bank spoke stays disputed: it is lost twice', () => {
  const first = build.refund({ commandId: 'first', bookingId, tickets: [1] });
  const { books, made } = live(paid, first, say('opened'), say('lost'));
  // One ticket with its share of what comes on top: 333 + 20.
  assert.deepEqual([made.state, made.refundedMinor], ['cancelled', TOTAL_MINOR]);
  assert.deepEqual(standing(books), [0, 0, 0, 0, -353, 353]);
});

test('the bank takes part of it: the booking ends, and the organizer has the rest', () => {
  const { books, made } = live(paid, say('lost', 1_010));
  assert.equal(made.state, 'cancelled');
  assert.deepEqual(standing(books), [50, 0, -29, -21, 0, 0]);
});

test('a dispute of a payment that has gone back is taken in, also where fees were in it', () => {
  const release = build.release({ commandId: 'release', bookingId });
  const { told, books, made } = live(release, paid, say('opened'), say('lost'));
  assert.deepEqual(told, ['done', 'done', 'done', 'done']);
  assert.deepEqual([made.state, made.paidMinor, made.refundedMinor], ['refunded', TOTAL_MINOR, TOTAL_MINOR]);
  assert.deepEqual(standing(books), [0, 0, 0, 0, -TOTAL_MINOR, TOTAL_MINOR]);
});

test('a booking that was paid for at a desk keeps its tickets, whatever becomes of a payment beside it', () => {
  const cash = build.confirm({ commandId: 'cash', bookingId, tender: 'cash' });
  const { books, made } = live(cash, paid, say('lost'));
  assert.equal(made.state, 'confirmed');
  assert.equal(books.valid.size, QUANTITY);
  assert.deepEqual([balanceOf(books, 'cash'), incomeOf(books)], [TOTAL_MINOR, TOTAL_MINOR]);
});

test('a payment that is told of after it was lost to the bank sells nothing', () => {
  const { books, made } = live(say('lost'), paid);
  assert.equal(made.state, 'refunded');
  assert.equal(books.valid.size, 0);
  assert.equal(incomeOf(books), 0);
});

test('what is closed stays closed, whatever is told later', () => {
  assert.deepEqual(standing(live(paid, say('lost'), say('won'), say('opened')).books), [0, 0, 0, 0, 0, 0]);
  assert.deepEqual(standing(live(paid, say('won'), say('opened'), say('lost')).books), [TOTAL_MINOR, -999, -40, -21, 0, 0]);
});

type Quarrel = { steps: Step[] };

const part = (number: number): Command => build.refund({ commandId: `part-${number}`, bookingId, tickets: [number] });
const AROUND: readonly Command[] = [
  refundAll,
  part(1),
  part(3),
  build.refund({ commandId: 'amount', bookingId, tickets: [], amountMinor: 1_040 }),
  build.cancel({ commandId: 'cancel', bookingId }),
  build.release({ commandId: 'release', bookingId }),
  build.confirm({ commandId: 'cash', bookingId, tender: 'cash' }),
];

const arbitraryQuarrel: fc.Arbitrary<Quarrel> = fc
  .record({
    around: fc.subarray([...AROUND], { maxLength: 3 }),
    news: fc.subarray(['opened', 'won', 'lost'] as const, { minLength: 1 }),
    amountMinor: fc.constantFrom(TOTAL_MINOR, TOTAL_MINOR, 1, 1_010, 5_000),
    isAgain: fc.boolean(),
  })
  .chain(({ around, news, amountMinor, isAgain }) => {
    const told = news.map((status) => say(status, amountMinor));
    return fc.shuffledSubarray([paid, ...around, ...told, ...(isAgain ? [paid, ...told] : [])], { minLength: around.length + 1 });
  })
  .chain((commands) =>
    fc.array(fc.boolean(), { minLength: commands.length, maxLength: commands.length }).map((cuts) => ({ steps: cut(commands, cuts) })),
  );

function cut(commands: readonly Command[], cuts: readonly boolean[]): Step[] {
  const steps: { afterMs: number; commands: Command[] }[] = [];
  for (const [index, command] of commands.entries()) {
    const last = steps.at(-1);
    if (last && cuts[index]) last.commands.push(command);
    else steps.push({ afterMs: 1, commands: [command] });
  }
  return steps;
}

/** In whatever order the news come, the books are straight, and a bank that keeps the money leaves no ticket. */
const booksStayStraight: Property<Quarrel> = {
  cases: arbitraryQuarrel,
  check: (decideOn, { steps }) => {
    const { state, books } = liveThrough(decideOn, house(), steps);
    const made = state.bookings.get(bookingId);
    assert.ok(made);
    assertBalanced(books);
    assert.equal(incomeOf(books), made.paidMinor - made.refundedMinor, 'income is what was paid less what went back');
    for (const account of ['sales', 'fees', 'taxes'] as const)
      assert.ok(balanceOf(books, account) <= 0, `more ${account} went back than came in`);
    assert.ok(balanceOf(books, 'disputed') >= 0, 'no more is settled than was disputed');
    assertBankHasIt(made, books, steps);
    if (made.dispute === 'lost' && made.tender !== 'cash') assert.equal(books.valid.size, 0, 'what the bank has taken back admits nobody');
    assert.equal(state.ticketTypes.get('type-0')?.sold, books.valid.size, 'whoever has tickets has stock');
    assertNoRefundMeanwhile(decideOn, steps);
  },
};

/** At the provider lies what came in, less what the bank has: nothing of what is owed was asked for yet. */
function assertBankHasIt(made: Booking, books: Books, steps: readonly Step[]): void {
  const isPaid = steps.some(({ commands }) => commands.includes(paid));
  const atBank = made.dispute === 'opened' || made.dispute === 'lost' ? made.disputedMinor : 0;
  assert.equal(balanceOf(books, 'provider'), (isPaid ? TOTAL_MINOR : 0) - atBank, 'the provider has what came in, less what the bank took');
}

function assertNoRefundMeanwhile(decideOn: Decide, steps: readonly Step[]): void {
  const lives = steps.map((_, index) => liveThrough(decideOn, house(), steps.slice(0, index + 1)).state.bookings.get(bookingId));
  for (const [index, now] of lives.entries()) {
    const before = lives[index - 1];
    const isMoneyIn = steps[index]?.commands.includes(paid);
    if (before?.dispute !== 'opened' || now?.dispute !== 'opened' || isMoneyIn) continue;
    assert.equal(now.refundedMinor, before.refundedMinor, 'what is disputed is not refunded as well');
  }
}

test('in whatever order the news of a dispute come, the books are straight', () => assertHolds(booksStayStraight));

test('decisions that forget what the bank has, or refund it as well, are caught', () => {
  const withBookings =
    (fresh: Partial<Booking>): Decide =>
    (state, commands, nowMs) => {
      const bookings = [...state.bookings].map(([id, each]) => [id, { ...each, ...fresh }] as const);
      return decide({ ...state, bookings: new Map(bookings) }, commands, nowMs);
    };
  const forgetsTickets: Decide = (state, commands, nowMs) => {
    const decision = decide(state, commands, nowMs);
    decision.changes.revoked = decision.changes.revoked.filter(({ reason }) => reason !== 'dispute');
    return decision;
  };
  const keepsIncome: Decide = (state, commands, nowMs) => {
    const decision = decide(state, commands, nowMs);
    decision.changes.transfers = decision.changes.transfers.filter(({ kind }) => kind !== 'dispute_lost');
    return decision;
  };
  for (const broken of [withBookings({ dispute: null }), withBookings({ disputedMinor: 0 }), forgetsTickets, keepsIncome]) {
    assertCatches(booksStayStraight, broken);
  }
});
