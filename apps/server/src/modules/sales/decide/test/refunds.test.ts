import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RefundCommand } from '../../commands.ts';
import type { Refusal } from '../../outcomes.ts';
import { isEmpty } from '../changes.ts';
import { decide } from '../decide.ts';
import type { Booking, SaleState } from '../state.ts';
import { applyChanges } from './apply-changes.ts';
import * as build from './build-commands.ts';
import { booking, buildState, NOW_MS, promoCode, ticketType } from './build-state.ts';

const bookingId = 'booking-0';
/** Two tickets at 10.00 and one at 5.00; 0.60 of fees and 0.41 of taxes on top. */
const LINES = [
  { ticketTypeId: 'type-0', quantity: 2, unitPriceMinor: 1_000 },
  { ticketTypeId: 'type-1', quantity: 1, unitPriceMinor: 500 },
];
const TOTAL_MINOR = 2_601;

function house(of: Partial<Booking> = {}): SaleState {
  const charges = {
    discountMinor: 0,
    fees: [{ name: 'fee', amountMinor: 60 }],
    taxes: [{ name: 'tax', ratePpm: 0, included: false, amountMinor: 41 }],
    lines: [],
  };
  const card = { tender: 'card', paymentRef: 'pay-booking-0', paidMinor: TOTAL_MINOR } as const;
  const sold = booking({
    id: bookingId,
    state: 'confirmed',
    lines: LINES,
    charges,
    extraMinor: 101,
    totalMinor: TOTAL_MINOR,
    ...card,
    ...of,
  });
  return buildState({
    types: [ticketType({ id: 'type-0' }), ticketType({ id: 'type-1' })],
    bookings: [sold],
    promoCodes: [promoCode({ code: 'HALF' })],
  });
}

let asked = 0;
function give(state: SaleState, of: Partial<RefundCommand> = {}) {
  asked += 1;
  const { outcomes, changes } = decide(state, [build.refund({ commandId: `refund-${asked}`, bookingId, ...of })], NOW_MS);
  const after = applyChanges(state, changes);
  const made = after.bookings.get(bookingId);
  return {
    outcome: outcomes[0],
    changes,
    after,
    made,
    transfers: changes.transfers.map(({ debit, credit, amountMinor }) => [debit, credit, amountMinor]),
  };
}

test('all tickets go back for all that was paid, through the provider', () => {
  const { made, changes, transfers, after } = give(house());
  assert.deepEqual([made?.state, made?.refundedMinor, made?.refundedExtraMinor, made?.returned], ['refunded', TOTAL_MINOR, 101, [1, 2, 3]]);
  assert.deepEqual(transfers, [
    ['sales', 'owed', 2_500],
    ['fees', 'owed', 60],
    ['taxes', 'owed', 41],
  ]);
  const [owed] = changes.owed;
  assert.deepEqual([owed?.kind, owed?.paymentRef, owed?.amountMinor, owed?.reason], ['refund', 'pay-booking-0', TOTAL_MINOR, 'asked']);
  assert.deepEqual(changes.revoked, [{ bookingId, numbers: [1, 2, 3], reason: 'refund' }]);
  assert.equal(after.ticketTypes.get('type-0')?.sold, 0);
});

test('one ticket goes back with its share of fees and taxes, and is on sale again', () => {
  const { made, changes, after } = give(house(), { tickets: [3] });
  // A fifth of 1.01 is 0.20.
  assert.deepEqual([made?.state, made?.refundedMinor, made?.refundedExtraMinor, made?.returned], ['partially_refunded', 520, 20, [3]]);
  assert.deepEqual(changes.revoked, [{ bookingId, numbers: [3], reason: 'refund' }]);
  assert.deepEqual([after.ticketTypes.get('type-0')?.sold, after.ticketTypes.get('type-1')?.sold], [2, 0]);
  assert.equal(after.buyerTotals.get('buyer-0')?.get('type-1'), 0);
});

test('tickets that are not restocked are set aside', () => {
  const { after } = give(house(), { tickets: [1, 3], restock: false });
  const { held, sold, setAside } = after.ticketTypes.get('type-0') ?? {};
  assert.deepEqual([held, sold, setAside], [0, 1, 1]);
  assert.equal(after.ticketTypes.get('type-1')?.setAside, 1);
});

test('with the fees kept the prices go back alone, and stay kept when the last ticket goes', () => {
  const { made, after } = give(house(), { tickets: [1], keepFees: true });
  assert.deepEqual([made?.refundedMinor, made?.refundedExtraMinor], [1_000, 0]);
  const last = give(after, { tickets: 'all' }).made;
  assert.deepEqual([last?.state, last?.refundedMinor, last?.refundedExtraMinor], ['refunded', 1_000 + 1_500 + 61, 61]);
});

test('what was kept of a ticket is not given back with another', () => {
  const { after } = give(house(), { tickets: [1], amountMinor: 300 });
  const { made } = give(after, { tickets: [2] });
  assert.equal(made?.refundedMinor, 300 + 1_000 + 40);
});

test('an amount goes back alone, prices first, and the tickets stay', () => {
  const first = give(house(), { tickets: [], amountMinor: 2_500 });
  assert.deepEqual([first.made?.state, first.made?.returned, first.transfers], ['partially_refunded', [], [['sales', 'owed', 2_500]]]);
  assert.deepEqual(first.changes.revoked, []);
  const second = give(first.after, { tickets: [], amountMinor: 81 });
  assert.deepEqual(second.transfers, [
    ['fees', 'owed', 60],
    ['taxes', 'owed', 21],
  ]);
  assert.equal(second.made?.refundedMinor, 2_581);
});

test('after an amount the tickets bring what is left', () => {
  const { after } = give(house(), { tickets: [], amountMinor: 2_000 });
  const { made } = give(after);
  assert.deepEqual([made?.state, made?.refundedMinor], ['refunded', TOTAL_MINOR]);
});

test('tickets that go back for nothing leave the money, and the booking is cancelled', () => {
  const { made, changes } = give(house(), { amountMinor: 0 });
  assert.deepEqual([made?.state, made?.refundedMinor], ['cancelled', 0]);
  assert.deepEqual([changes.transfers, changes.owed], [[], []]);
  assert.equal(changes.revoked.length, 1);
});

test('what was paid at a desk goes back over it, at once', () => {
  for (const tender of ['cash', 'card_at_door', 'external'] as const) {
    const { transfers, changes } = give(house({ tender, paymentRef: null }), { tickets: [3] });
    assert.deepEqual(transfers, [
      ['sales', tender, 500],
      ['fees', tender, 20],
    ]);
    assert.deepEqual(changes.owed, []);
  }
});

const REFUSED: readonly { name: string; of?: Partial<Booking>; asks?: Partial<RefundCommand>; refusal: Refusal }[] = [
  { name: 'more than was paid', asks: { amountMinor: 2_602 }, refusal: { kind: 'refund_too_high', possibleMinor: TOTAL_MINOR } },
  {
    name: 'more than is left',
    of: { state: 'partially_refunded', refundedMinor: 2_000 },
    asks: { tickets: [], amountMinor: 602 },
    refusal: { kind: 'refund_too_high', possibleMinor: 601 },
  },
  {
    name: 'a ticket that came back',
    of: { state: 'partially_refunded', returned: [2] },
    asks: { tickets: [1, 2] },
    refusal: { kind: 'ticket_returned', number: 2 },
  },
  { name: 'a ticket that never was', asks: { tickets: [1, 4] }, refusal: { kind: 'unknown_ticket', number: 4 } },
  { name: 'ticket nought', asks: { tickets: [0] }, refusal: { kind: 'unknown_ticket', number: 0 } },
  { name: 'half a ticket', asks: { tickets: [1.5] }, refusal: { kind: 'unknown_ticket', number: 1.5 } },
  { name: 'neither tickets nor money', asks: { tickets: [] }, refusal: { kind: 'nothing_to_refund' } },
  { name: 'what is disputed', of: { dispute: 'opened', disputedMinor: TOTAL_MINOR }, refusal: { kind: 'disputed' } },
  { name: 'what is only held', of: { state: 'held' }, refusal: { kind: 'wrong_state', state: 'held', move: 'refund' } },
  {
    name: 'what went back already',
    of: { state: 'refunded', refundedMinor: TOTAL_MINOR, returned: [1, 2, 3] },
    refusal: { kind: 'wrong_state', state: 'refunded', move: 'refund' },
  },
];

for (const { name, of, asks, refusal } of REFUSED) {
  test(`a refund of ${name} is refused, and nothing is written`, () => {
    const { outcome, changes } = give(house(of), asks);
    assert.deepEqual(outcome, refusal);
    assert.ok(isEmpty(changes));
  });
}

test('two refunds of all in one batch are one refund', () => {
  const both = ['one', 'two'].map((commandId) => build.refund({ commandId, bookingId }));
  const { outcomes, changes } = decide(house(), both, NOW_MS);
  assert.deepEqual(
    outcomes.map((outcome) => outcome.kind),
    ['booking', 'wrong_state'],
  );
  assert.equal(changes.owed.length, 1);
});

test('a ticket named twice in one refund comes back once', () => {
  const { made } = give(house(), { tickets: [3, 3] });
  assert.deepEqual([made?.returned, made?.refundedMinor], [[3], 520]);
});

test('a use of a promo code comes back with the last ticket, not before', () => {
  const state = house({ promoCode: 'HALF' });
  assert.equal(give(state, { tickets: [1] }).changes.promoDeltas.size, 0);
  assert.deepEqual([...give(state).changes.promoDeltas], [['HALF', -1]]);
});

test('cancelling takes the tickets and leaves the money, also of what some tickets were refunded of', () => {
  const { after } = give(house(), { tickets: [1] });
  const { changes } = decide(after, [build.cancel({ commandId: 'cancel', bookingId })], NOW_MS);
  const made = applyChanges(after, changes).bookings.get(bookingId);
  assert.deepEqual([made?.state, made?.refundedMinor, made?.returned], ['cancelled', 1_040, [1, 2, 3]]);
  assert.deepEqual(changes.transfers, []);
  assert.deepEqual(changes.revoked, [{ bookingId, numbers: [2, 3], reason: 'cancel' }]);
});
