import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Command } from '../../commands.ts';
import { isEmpty } from '../changes.ts';
import { decide } from '../decide.ts';
import type { Booking, SaleState } from '../state.ts';
import { applyChanges } from './apply-changes.ts';
import { balanceOf, keepBooks, openBooks, owedMinor } from './books.ts';
import * as build from './build-commands.ts';
import { booking, buildState, NOW_MS, ticketType, type StateParts } from './build-state.ts';
import { liveThrough } from './live-through.ts';

const bookingId = 'booking-0';
const TOTAL_MINOR = 1_800;
const lines = [{ ticketTypeId: 'type-0', quantity: 2, unitPriceMinor: 900 }];

function house(of: Partial<Booking> = {}, parts: Partial<StateParts> = {}): SaleState {
  return buildState({ types: [ticketType({ id: 'type-0' })], bookings: [booking({ id: bookingId, lines, ...of })], ...parts });
}

const awaiting = build.awaitPayment({ commandId: 'await', bookingId, actor: { kind: 'buyer', buyerKey: 'buyer-0' } });
const paid = build.receivePayment({ commandId: 'paid', bookingId, receivedMinor: TOTAL_MINOR });
const atProvider: Partial<Booking> = { state: 'awaiting_payment', paymentRef: 'pay-booking-0', tender: 'card' };

/** One batch; the booking after it, what was told, and what others hear. */
function now(state: SaleState, ...commands: readonly Command[]) {
  const { outcomes, changes } = decide(state, commands, NOW_MS);
  const after = applyChanges(state, changes);
  const books = openBooks();
  keepBooks(books, { ...changes, issued: [], revoked: [] });
  return { outcomes, changes, after, made: after.bookings.get(bookingId), books };
}

test('whoever goes to pay keeps the tickets, and has as long again as a hold, once', () => {
  const { made, changes, after } = now(house(), awaiting);
  assert.deepEqual([made?.state, made?.paymentRef, made?.tender, made?.extended], ['awaiting_payment', 'pay-booking-0', 'card', true]);
  assert.equal(made?.expiresAtMs, NOW_MS + 120_000);
  assert.equal(changes.ledger.length, 0, 'no stock moves');
  assert.deepEqual(
    changes.facts.map((fact) => fact.type),
    ['booking.awaiting_payment'],
  );
  const extended = now(house({ extended: true }), awaiting).made;
  assert.equal(extended?.expiresAtMs, NOW_MS + 60_000, 'who was extended before is not again');
  const later = now(after, build.awaitPayment({ commandId: 'again', bookingId }));
  assert.deepEqual(later.outcomes[0]?.kind, 'booking');
  assert.equal(later.made?.expiresAtMs, made?.expiresAtMs);
});

const NOT_NOW: readonly { name: string; of?: Partial<Booking>; parts?: Partial<StateParts>; command?: Command; refusal: string }[] = [
  { name: 'another payment while one is awaited', of: { ...atProvider, paymentRef: 'pay-other' }, refusal: 'wrong_state' },
  { name: 'what is free', of: { lines: [{ ticketTypeId: 'type-0', quantity: 1, unitPriceMinor: 0 }] }, refusal: 'nothing_to_pay' },
  { name: 'a cancelled event', parts: { terms: { state: 'cancelled' } }, refusal: 'not_on_sale' },
  { name: 'an archived event', parts: { terms: { state: 'archived' } }, refusal: 'not_on_sale' },
  { name: 'what has expired', of: { state: 'expired' }, refusal: 'wrong_state' },
  { name: 'what is sold', of: { state: 'confirmed' }, refusal: 'wrong_state' },
  { name: 'another buyer’s booking', of: { buyerKey: 'buyer-1' }, refusal: 'unknown_booking' },
];

for (const { name, of, parts, refusal } of NOT_NOW) {
  test(`nobody goes to pay for ${name}: ${refusal}`, () => {
    const { outcomes, changes } = now(house(of, parts), awaiting);
    assert.equal(outcomes[0]?.kind, refusal);
    assert.ok(isEmpty(changes));
  });
}

test('a payment confirms a booking, with all its money on its accounts and its tickets issued', () => {
  for (const state of [house(), house(atProvider)]) {
    const { made, changes, books } = now(state, paid);
    assert.deepEqual([made?.state, made?.paidMinor, made?.tender, made?.paymentRef], ['confirmed', TOTAL_MINOR, 'card', 'pay-booking-0']);
    assert.deepEqual([balanceOf(books, 'provider'), balanceOf(books, 'sales')], [TOTAL_MINOR, -TOTAL_MINOR]);
    assert.deepEqual(
      changes.issued.map((each) => each.id),
      [bookingId],
    );
    assert.deepEqual(changes.owed, []);
  }
});

test('a payment has its fees and its added taxes on accounts of their own', () => {
  const charges = {
    discountMinor: 0,
    fees: [{ name: 'fee', amountMinor: 70 }],
    taxes: [
      { name: 'on top', ratePpm: 0, included: false, amountMinor: 30 },
      { name: 'within', ratePpm: 0, included: true, amountMinor: 200 },
    ],
    lines: [],
  };
  const state = house({ charges, extraMinor: 100, totalMinor: TOTAL_MINOR + 100 });
  const { changes } = now(state, { ...paid, receivedMinor: TOTAL_MINOR + 100 });
  const rows = changes.transfers.map(({ debit, credit, amountMinor }) => [debit, credit, amountMinor]);
  assert.deepEqual(rows, [
    ['provider', 'sales', TOTAL_MINOR],
    ['provider', 'fees', 70],
    ['provider', 'taxes', 30],
  ]);
});

const GOES_BACK: readonly {
  name: string;
  of?: Partial<Booking>;
  parts?: Partial<StateParts>;
  command?: Partial<typeof paid>;
  state: string;
}[] = [
  { name: 'part of it', command: { receivedMinor: 1_000 }, state: 'refunded' },
  { name: 'more than it costs', command: { receivedMinor: 2_000 }, state: 'refunded' },
  { name: 'another currency', command: { currency: 'USD' }, state: 'refunded' },
  { name: 'another payment than is awaited', of: atProvider, command: { paymentRef: 'pay-other' }, state: 'refunded' },
  { name: 'a booking that was released', of: { state: 'released' }, state: 'refunded' },
  { name: 'a cancelled event', of: atProvider, parts: { terms: { state: 'cancelled' } }, state: 'refunded' },
  { name: 'an archived event', of: { state: 'expired' }, parts: { terms: { state: 'archived' } }, state: 'refunded' },
  {
    name: 'an expired booking whose tickets others have',
    of: { state: 'expired' },
    parts: { types: [ticketType({ id: 'type-0', sold: 9 })] },
    state: 'refunded',
  },
  { name: 'what was sold at the desk', of: { state: 'confirmed', tender: 'cash', paidMinor: TOTAL_MINOR }, state: 'confirmed' },
  { name: 'what was cancelled', of: { state: 'cancelled', returned: [1, 2], tender: 'cash', paidMinor: TOTAL_MINOR }, state: 'cancelled' },
  { name: 'what has gone back already', of: { state: 'refunded' }, state: 'refunded' },
];

for (const { name, of, parts, command, state } of GOES_BACK) {
  test(`money for ${name} goes back, all of it`, () => {
    const { outcomes, changes, made, books } = now(house(of, parts), { ...paid, ...command });
    assert.equal(outcomes[0]?.kind, 'booking', 'a payment is never refused');
    const receivedMinor = command?.receivedMinor ?? TOTAL_MINOR;
    const currency = command?.currency ?? 'EUR';
    assert.deepEqual(
      changes.owed.map(({ id, kind, paymentRef, amountMinor, currency: as }) => [id, kind, paymentRef, amountMinor, as]),
      [['paid', 'refund', command?.paymentRef ?? 'pay-booking-0', receivedMinor, currency]],
    );
    assert.deepEqual([balanceOf(books, 'provider', currency), balanceOf(books, 'owed', currency)], [receivedMinor, -receivedMinor]);
    assert.equal(made?.state, state);
    assert.deepEqual(changes.issued, []);
  });
}

test('a payment that is late takes the tickets again where there are any', () => {
  const { made, after, changes } = now(house({ state: 'expired', tender: 'card', paymentRef: 'pay-booking-0' }), paid);
  assert.equal(made?.state, 'confirmed');
  assert.equal(after.ticketTypes.get('type-0')?.sold, 2);
  assert.deepEqual(
    changes.ledger.map((entry) => entry.kind),
    ['reclaim'],
  );
});

test('a payment in the moment of the expiry is not too late', () => {
  const { made, books } = now(house({ ...atProvider, expiresAtMs: NOW_MS }), paid, { kind: 'expire', everything: false });
  assert.equal(made?.state, 'confirmed');
  // What was asked for when it expired is answered by the provider: it is paid.
  assert.deepEqual(
    [...books.owed.values()].map((owed) => owed.kind),
    ['void'],
  );
  assert.equal(owedMinor(books), 0);
});

test('what is told twice of a payment is taken in once, also after everything changed', () => {
  const first = now(house(atProvider), paid, paid);
  assert.deepEqual(
    first.outcomes.map((outcome) => outcome.kind === 'booking' && outcome.replayed),
    [false, true],
  );
  assert.equal(first.changes.transfers.length, 1);
  const cancelled = now(first.after, build.cancel({ commandId: 'cancel', bookingId })).after;
  const again = now(cancelled, paid);
  assert.ok(isEmpty(again.changes));
  assert.equal(again.made?.state, 'cancelled');
});

test('a free booking that somebody pays for stays what it is, and its refund is of tickets alone', () => {
  const free = [{ ticketTypeId: 'type-0', quantity: 2, unitPriceMinor: 0 }];
  const { after, made, changes } = now(house({ state: 'confirmed', lines: free }), paid);
  assert.deepEqual([made?.state, made?.paidMinor, made?.tender], ['confirmed', 0, null]);
  assert.equal(changes.owed.length, 1);
  const back = now(after, build.refund({ commandId: 'refund', bookingId }));
  assert.deepEqual([back.outcomes[0]?.kind, back.made?.state], ['booking', 'cancelled']);
  assert.deepEqual(back.changes.transfers, []);
});

test('a payment that is not made in time is made impossible', () => {
  const leaving: readonly [Partial<Booking>, Command][] = [
    [{ expiresAtMs: NOW_MS }, { kind: 'expire', everything: false }],
    [{}, build.release({ commandId: 'release', bookingId })],
  ];
  for (const [of, command] of leaving) {
    const { changes } = now(house({ ...atProvider, ...of }), command);
    const [owed] = changes.owed;
    assert.deepEqual([owed?.id, owed?.kind, owed?.paymentRef], [bookingId, 'void', 'pay-booking-0']);
    assert.deepEqual(changes.transfers, [], 'no money has moved');
  }
  assert.deepEqual(now(house({ expiresAtMs: NOW_MS }), { kind: 'expire', everything: false }).changes.owed, []);
});

test('what the provider has done of what is owed moves the money, what it cannot do leaves it owed', () => {
  const returned = now(house({ state: 'released' }), paid);
  const [owed] = returned.changes.owed;
  assert.ok(owed);
  const failed = build.settleOwed({ commandId: 'failed', bookingId, owed, isDone: false });
  const done = build.settleOwed({ commandId: 'done', bookingId, owed, isDone: true });
  const { books, told } = liveThrough(decide, house({ state: 'released' }), [
    { afterMs: 0, commands: [paid] },
    { afterMs: 1, commands: [failed] },
    { afterMs: 1, commands: [done, done] },
  ]);
  assert.deepEqual(told, ['done', 'done', 'done', 'repeated']);
  assert.deepEqual([balanceOf(books, 'owed'), balanceOf(books, 'provider'), books.owed.size], [0, 0, 0]);
  const voided = now(returned.after, build.settleOwed({ commandId: 'void', bookingId, owed: { ...owed, id: bookingId, kind: 'void' } }));
  assert.deepEqual(voided.changes.transfers, []);
  assert.deepEqual(voided.changes.settled, [{ owedId: bookingId, isDone: true }]);
});
