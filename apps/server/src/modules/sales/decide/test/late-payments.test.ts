import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Command } from '../../commands.ts';
import { decide } from '../decide.ts';
import type { SaleState } from '../state.ts';
import { assertBalanced, incomeOf, owedMinor } from './books.ts';
import * as build from './build-commands.ts';
import { booking, buildState, NOW_MS, ticketType } from './build-state.ts';
import { assertCatches, assertHolds, type Decide, type Property } from './check-property.ts';
import { liveThrough, type Step } from './live-through.ts';

/** A booking that is paid for, once, among everything that may come before, with or behind the payment. */
type Race = { state: SaleState; steps: Step[]; receivedMinor: number };

const bookingId = 'booking-0';
const PRICE_MINOR = 900;
const EXTRA_MINOR = 51;

const AROUND: readonly Command[] = [
  build.awaitPayment({ commandId: 'await', bookingId, actor: { kind: 'buyer', buyerKey: 'buyer-0' } }),
  build.release({ commandId: 'release', bookingId }),
  build.changeSale({ commandId: 'cancel', changes: { state: 'cancelled' } }),
  build.changeSale({ commandId: 'archive', changes: { state: 'archived' } }),
  build.place({ bookingId: 'new-0', buyerKey: 'buyer-1', lines: [{ ticketTypeId: 'type-0', quantity: 1 }] }),
  build.confirm({ commandId: 'cash', bookingId, tender: 'cash' }),
  build.extend({ commandId: 'extend', bookingId }),
  build.setAside({ commandId: 'aside', ticketTypeId: 'type-0', quantity: 1 }),
];

const arbitraryRace: fc.Arbitrary<Race> = fc
  .record({
    around: fc.shuffledSubarray([...AROUND]),
    quantity: fc.integer({ min: 1, max: 3 }),
    left: fc.integer({ min: 0, max: 2 }),
    more: fc.constantFrom(0, 0, 0, 0, -1, 1),
    paidAt: fc.nat(8),
    tellings: fc.array(fc.nat(9), { maxLength: 2 }),
    afterMs: fc.array(fc.constantFrom(0, 1, 61_000, 200_000), { minLength: 12, maxLength: 12 }),
    isTogether: fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
  })
  .map(({ around, quantity, left, more, paidAt, tellings, afterMs, isTogether }) => {
    const receivedMinor = quantity * PRICE_MINOR + EXTRA_MINOR + more;
    const paid = build.receivePayment({ commandId: 'paid', bookingId, receivedMinor });
    const commands: Command[] = [...around];
    for (const at of [paidAt, ...tellings]) commands.splice(Math.min(at, commands.length), 0, paid);
    return { state: houseWith(quantity, left), steps: groupUp(commands, afterMs, isTogether), receivedMinor };
  });

function houseWith(quantity: number, left: number): SaleState {
  const lines = [{ ticketTypeId: 'type-0', quantity, unitPriceMinor: PRICE_MINOR }];
  const held = booking({ id: bookingId, lines });
  return buildState({
    types: [ticketType({ id: 'type-0', capacity: quantity + left, terms: { priceMinor: PRICE_MINOR } })],
    bookings: [{ ...held, extraMinor: EXTRA_MINOR, totalMinor: held.totalMinor + EXTRA_MINOR }],
  });
}

/** Some of what happens falls into the same batch as what came before. */
function groupUp(commands: readonly Command[], afterMs: readonly number[], isTogether: readonly boolean[]): Step[] {
  const steps: { afterMs: number; commands: Command[] }[] = [];
  for (const [index, command] of commands.entries()) {
    const last = steps.at(-1);
    if (last && isTogether[index]) last.commands.push(command);
    else steps.push({ afterMs: afterMs[index] ?? 0, commands: [command] });
  }
  return steps;
}

/** Whatever the order: the buyer has either the tickets or all the money back, never both, and never neither. */
const ticketsOrMoney: Property<Race> = {
  cases: arbitraryRace,
  check: (decideOn, { state, steps, receivedMinor }) => {
    const { state: after, books } = liveThrough(decideOn, state, steps);
    assertBalanced(books);
    const made = after.bookings.get(bookingId);
    assert.ok(made);
    const isKept = made.state === 'confirmed' && made.tender === 'card';
    assert.equal(owedMinor(books), isKept ? 0 : receivedMinor, 'money that is not kept is owed, all of it');
    const isSold = made.state === 'confirmed';
    assert.equal(incomeOf(books), isSold ? made.totalMinor : 0, 'what is sold is paid for, once');
    const valid = [...books.valid].filter((ticket) => ticket.startsWith(bookingId));
    assert.equal(valid.length, isSold ? made.quantity : 0, 'there are tickets for what is sold');
    for (const type of after.ticketTypes.values()) assert.ok(type.held + type.sold + type.setAside <= type.capacity, 'nothing is oversold');
  },
};

test('whatever the order of payment, expiry, release and the event’s end, the buyer has tickets or all the money', () =>
  assertHolds(ticketsOrMoney));

test('decisions that lose the way in some order are caught', () => {
  const confirmsTwice: Decide = (state, commands, nowMs) => decide({ ...state, executed: new Map() }, commands, nowMs);
  const forgetsMoney: Decide = (state, commands, nowMs) => {
    const decision = decide(state, commands, nowMs);
    decision.changes.owed = decision.changes.owed.filter((owed) => owed.kind === 'void');
    return decision;
  };
  const keepsAnyAmount: Decide = (state, commands, nowMs) => {
    const total = state.bookings.get(bookingId)?.totalMinor ?? 0;
    const whole = commands.map((each) => (each.kind === 'receive-payment' ? { ...each, receivedMinor: total } : each));
    return decide(state, whole, nowMs);
  };
  const forgetsTickets: Decide = (state, commands, nowMs) => {
    const decision = decide(state, commands, nowMs);
    decision.changes.issued.pop();
    return decision;
  };
  for (const broken of [confirmsTwice, forgetsMoney, keepsAnyAmount, forgetsTickets]) assertCatches(ticketsOrMoney, broken);
});

/** A late payment that went back would not have fitted at the end of its batch either. */
const reclaimsAtMost: Property<Race> = {
  cases: arbitraryRace,
  check: (decideOn, { state, steps }) => {
    for (const [index, { afterMs }] of steps.entries()) {
      const before = liveThrough(decide, state, steps.slice(0, index)).state;
      const nowMs = NOW_MS + steps.slice(0, index).reduce((sum, step) => sum + step.afterMs, afterMs);
      assertNothingFits(decideOn, before, steps[index]?.commands ?? [], nowMs);
    }
  },
};

function assertNothingFits(decideOn: Decide, before: SaleState, commands: readonly Command[], nowMs: number): void {
  const was = before.bookings.get(bookingId);
  const paid = commands.find((command) => command.kind === 'receive-payment');
  if (was?.state !== 'expired' || !paid || paid.receivedMinor !== was.totalMinor || before.executed.has('paid')) return;
  const { changes } = decideOn(before, commands, nowMs);
  const now = [...changes.changedBookings].find((each) => each.id === bookingId);
  if (now?.state !== 'refunded') return;
  const left = { ...before, head: { ...before.head, terms: changes.terms ?? before.head.terms } };
  const types = [...before.ticketTypes.values()].map((type) => {
    const delta = changes.ticketTypeDeltas.get(type.id);
    const { held = 0, sold = 0, setAside = 0 } = delta ?? {};
    return [type.id, { ...type, held: type.held + held, sold: type.sold + sold, setAside: type.setAside + setAside }] as const;
  });
  const [again] = decide({ ...left, ticketTypes: new Map(types) }, [paid], nowMs).outcomes;
  assert.ok(again?.kind === 'booking' && again.booking.state === 'refunded', 'a payment went back that would have fitted');
}

test('a late payment goes back only where its tickets do not fit', () => assertHolds(reclaimsAtMost));

test('a decision that sends every late payment back is caught', () => {
  assertCatches(reclaimsAtMost, (state, commands, nowMs) => {
    const types = [...state.ticketTypes].map(([id, type]) => [id, { ...type, capacity: type.held + type.sold + type.setAside }] as const);
    return decide({ ...state, ticketTypes: new Map(types) }, commands, nowMs);
  });
});
