import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSold } from '../../booking-states.ts';
import type { SettleOwedCommand } from '../../commands.ts';
import type { Account, Transfer } from '../../money.ts';
import type { Changes } from '../changes.ts';
import { decide } from '../decide.ts';
import type { Booking, SaleState } from '../state.ts';
import { applyChanges } from './apply-changes.ts';
import { arbitraryCase, type Case } from './arbitrary-commands.ts';
import { balanceOf, keepBooks, openBooks } from './books.ts';
import { NOW_MS } from './build-state.ts';
import { assertCatches, assertHolds, type Decide, type Property } from './check-property.ts';

const INCOME: ReadonlySet<Account> = new Set(['sales', 'fees', 'taxes']);

/** Whatever a batch does to bookings, its transfers say the same, to the unit. */
const explainsMoney: Property<Case> = {
  cases: arbitraryCase,
  check: (decideOn, { state, commands }) => {
    const { outcomes, changes } = decideOn(state, commands, NOW_MS);
    const after = applyChanges(state, changes);
    for (const booking of after.bookings.values()) assertIncome(state, booking, changes.transfers);
    for (const currency of ['EUR', 'USD']) assertOwed(changes, currency, executedSettlements({ state, commands }, outcomes));
    assert.equal(new Set(changes.owed.map((owed) => owed.id)).size, changes.owed.length, 'each is owed under an id of its own');
  },
};

/** paid − refunded is what its transfers left in sales, fees and taxes. */
function assertIncome(before: SaleState, booking: Booking, transfers: readonly Transfer[]): void {
  const kept = ({ paidMinor, refundedMinor }: Booking): number => paidMinor - refundedMinor;
  const was = before.bookings.get(booking.id);
  const own = transfers.filter((transfer) => transfer.bookingId === booking.id);
  const income = own.reduce((sum, { debit, credit, amountMinor }) => {
    return sum + (INCOME.has(credit) ? amountMinor : 0) - (INCOME.has(debit) ? amountMinor : 0);
  }, 0);
  assert.equal(income, kept(booking) - (was ? kept(was) : 0), `${booking.id} keeps what its transfers left`);
}

function executedSettlements({ commands }: Case, outcomes: ReturnType<Decide>['outcomes']): SettleOwedCommand[] {
  return commands.filter((command, index): command is SettleOwedCommand => {
    const outcome = outcomes[index];
    return command.kind === 'settle-owed' && outcome?.kind === 'booking' && !outcome.replayed;
  });
}

/** What is owed more is what was newly owed, less what the provider has done. */
function assertOwed(changes: Changes, currency: string, settlements: readonly SettleOwedCommand[]): void {
  const books = openBooks();
  keepBooks(books, { ...changes, owed: [], settled: [], issued: [], revoked: [] });
  const sum = (of: readonly { kind: string; amountMinor: number; currency: string }[]): number =>
    of.reduce((total, each) => total + (each.kind === 'refund' && each.currency === currency ? each.amountMinor : 0), 0);
  const done = settlements.filter((command) => command.isDone).map((command) => command.owed);
  assert.equal(0 - balanceOf(books, 'owed', currency), sum(changes.owed) - sum(done), 'the account of what is owed');
}

test('money that a booking gains or loses is in its transfers, and what is owed is on its account', () => assertHolds(explainsMoney));

const spoil =
  (loss: (changes: Changes) => void): Decide =>
  (state, commands, nowMs) => {
    const decision = decide(state, commands, nowMs);
    loss(decision.changes);
    return decision;
  };

test('decisions that lose, double or misplace money are caught', () => {
  const spoiled: Decide[] = [
    spoil((changes) => changes.transfers.pop()),
    spoil((changes) => changes.transfers.push(...changes.transfers.filter(({ kind }) => kind === 'payment'))),
    spoil((changes) => changes.owed.pop()),
    // A refund that forgets the ledger.
    spoil((changes) => (changes.transfers = changes.transfers.filter(({ kind }) => kind !== 'refund'))),
    spoil((changes) => (changes.transfers = changes.transfers.filter(({ kind }) => kind !== 'refund_done'))),
    spoil((changes) => {
      for (const transfer of changes.transfers) if (transfer.kind === 'return') transfer.credit = 'sales';
    }),
    spoil((changes) => {
      for (const booking of changes.changedBookings) booking.refundedMinor = Math.min(booking.paidMinor, booking.refundedMinor + 1);
    }),
    spoil((changes) => {
      for (const booking of changes.newBookings) booking.paidMinor = 0;
    }),
    spoil((changes) => {
      for (const booking of changes.changedBookings) booking.refundedMinor += booking.paidMinor;
    }),
  ];
  for (const broken of spoiled) assertCatches(explainsMoney, broken);
});

/** Tickets come to be exactly once, with the sale; those that are revoked are those that came back. */
const explainsTickets: Property<Case> = {
  cases: arbitraryCase,
  check: (decideOn, { state, commands }) => {
    const { changes } = decideOn(state, commands, NOW_MS);
    const after = applyChanges(state, changes);
    const sold = [...after.bookings.values()].filter((each) => isSold(each.state) && !isSold(state.bookings.get(each.id)?.state ?? 'held'));
    assert.deepEqual(changes.issued.map((each) => each.id).sort(), sold.map((each) => each.id).sort(), 'what was sold is issued, once');
    for (const booking of after.bookings.values()) assertRevoked(state.bookings.get(booking.id), booking, changes);
  },
};

function assertRevoked(before: Booking | undefined, { id, quantity, returned }: Booking, { revoked }: Changes): void {
  const was = before?.returned ?? [];
  const numbers = revoked.filter((each) => each.bookingId === id).flatMap((each) => each.numbers);
  assert.equal(new Set(returned).size, returned.length, `a ticket of ${id} comes back once`);
  assert.deepEqual(
    returned,
    [...was, ...numbers].sort((a, b) => a - b),
    `what came back of ${id} is revoked`,
  );
  assert.ok(
    returned.every((number) => number >= 1 && number <= quantity),
    `${id} has such tickets`,
  );
}

test('tickets are issued once, with the sale, and those that come back are revoked', () => assertHolds(explainsTickets));

test('decisions that issue twice, never or for nothing, or forget to revoke are caught', () => {
  const forgetsReturned: Decide = (state, commands, nowMs) => {
    const bookings = [...state.bookings].map(([id, each]) => [id, { ...each, returned: [] }] as const);
    return decide({ ...state, bookings: new Map(bookings) }, commands, nowMs);
  };
  const spoiled: Decide[] = [
    spoil((changes) => changes.issued.push(...changes.issued)),
    spoil((changes) => changes.issued.pop()),
    spoil((changes) => changes.revoked.pop()),
    spoil((changes) => changes.revoked.push(...changes.revoked)),
    spoil((changes) => changes.issued.push(...[...changes.changedBookings].filter((each) => each.state === 'refunded'))),
    forgetsReturned,
  ];
  for (const broken of spoiled) assertCatches(explainsTickets, broken);
});

/** Whoever leaves the way to the provider without a payment has it closed behind them. */
const closesPayments: Property<Case> = {
  cases: arbitraryCase,
  check: (decideOn, { state, commands }) => {
    const { changes } = decideOn(state, commands, NOW_MS);
    const voids = changes.owed.filter((owed) => owed.kind === 'void');
    for (const { id, bookingId, paymentRef } of voids)
      assert.deepEqual([id, paymentRef], [bookingId, changed(changes, bookingId)?.paymentRef]);
    for (const booking of changes.changedBookings) {
      const was = state.bookings.get(booking.id)?.state;
      const isLeft = was === 'awaiting_payment' && (booking.state === 'expired' || booking.state === 'released');
      if (!isLeft || booking.paymentRef === null) continue;
      assert.ok(
        voids.some((owed) => owed.bookingId === booking.id),
        `the payment of ${booking.id} can still be made`,
      );
    }
  },
};

function changed(changes: Changes, id: string): Booking | undefined {
  return [...changes.changedBookings].find((each) => each.id === id);
}

test('a payment that is not made in time cannot be made any more', () => assertHolds(closesPayments));

test('decisions that leave a payment open, or close another, are caught', () => {
  assertCatches(
    closesPayments,
    spoil((changes) => (changes.owed = changes.owed.filter((owed) => owed.kind !== 'void'))),
  );
  const closesAnother = spoil((changes) => {
    for (const owed of changes.owed) if (owed.kind === 'void') owed.paymentRef = 'pay-other';
  });
  assertCatches(closesPayments, closesAnother);
});
