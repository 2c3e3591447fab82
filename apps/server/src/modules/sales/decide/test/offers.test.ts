import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as build from './build-commands.ts';
import { booking, buildState, ticketType } from './build-state.ts';
import { dispute, fullHouse, LINE, offer, pay, refund, step, typeOf } from './full-house.ts';

test('the hold on an offered place is paid: who offered first is sold, revoked and paid back without fees', () => {
  const { state, revoked, owed } = step(fullHouse(), pay('booking-2'));
  assert.deepEqual(revoked, [{ bookingId: 'booking-0', numbers: [2], reason: 'resold' }]);
  assert.deepEqual(owed, [{ bookingId: 'booking-0', kind: 'refund', amountMinor: 900, reason: 'resold' }]);
  assert.deepEqual(typeOf(state), { held: 0, sold: 4, setAside: 0, offered: 1, taken: 0 });
  const seller = state.bookings.get('booking-0');
  assert.deepEqual(
    [seller?.state, seller?.returned, seller?.offers, seller?.refundedMinor],
    ['partially_refunded', [2], [{ number: 1, seq: -1 }], 900],
  );
  assert.equal(state.bookings.get('booking-2')?.state, 'confirmed');
});

test('free places go first, and a hold may be of both', () => {
  const state = fullHouse({ taken: 0 });
  const roomier = buildState({
    types: [ticketType({ id: 'type-0', capacity: 6, terms: { priceMinor: 900 } })],
    bookings: [...state.bookings.values()],
  });
  const placed = step(roomier, build.place({ bookingId: 'new-0', buyerKey: 'buyer-9', lines: [{ ticketTypeId: 'type-0', quantity: 2 }] }));
  assert.deepEqual(typeOf(placed.state), { held: 2, sold: 4, setAside: 0, offered: 2, taken: 1 });
  const more = step(
    placed.state,
    build.place({ bookingId: 'new-1', buyerKey: 'buyer-9', lines: [{ ticketTypeId: 'type-0', quantity: 2 }] }),
  );
  assert.deepEqual(more.kinds, ['sold_out'], 'one offer is left');
});

test('a hold that ends leaves the offers open again', () => {
  const { state } = step(fullHouse(), build.release({ commandId: 'release', bookingId: 'booking-2' }));
  assert.deepEqual(typeOf(state), { held: 0, sold: 4, setAside: 0, offered: 2, taken: 0 });
  assert.deepEqual(
    state.offers.get('type-0')?.map(({ number }) => number),
    [2, 1],
  );
});

test('whichever hold is paid first gets the free place', () => {
  const house = fullHouse({ taken: 0 });
  const both = step(house, build.place({ bookingId: 'new-0', buyerKey: 'buyer-9', lines: [{ ticketTypeId: 'type-0', quantity: 1 }] }));
  assert.deepEqual(typeOf(both.state), { held: 1, sold: 4, setAside: 0, offered: 2, taken: 1 });
  const first = step(both.state, pay('new-0'));
  assert.deepEqual([first.revoked, typeOf(first.state)], [[], { held: 0, sold: 5, setAside: 0, offered: 2, taken: 1 }]);
  const second = step(first.state, pay('booking-2'));
  assert.deepEqual(second.revoked, [{ bookingId: 'booking-0', numbers: [2], reason: 'resold' }]);
});

test('the seller is refunded otherwise: a hold that waited keeps the place, and the offer ends', () => {
  const house = fullHouse({ sellers: [{ offers: [{ number: 2, seq: -2 }] }] });
  for (const restock of [true, false]) {
    const { state } = step(house, refund({ restock }));
    assert.deepEqual(typeOf(state), { held: 1, sold: 3, setAside: 0, offered: 0, taken: 0 }, 'it is not set aside either');
    const paid = step(state, pay('booking-2'));
    assert.deepEqual([paid.revoked, paid.owed], [[], []]);
    assert.deepEqual(typeOf(paid.state), { held: 0, sold: 4, setAside: 0, offered: 0, taken: 0 });
  }
});

test('another offer is left for the hold: what the organizer takes back is free, or set aside', () => {
  const free = step(fullHouse(), refund({ tickets: [1] }));
  assert.deepEqual(typeOf(free.state), { held: 0, sold: 3, setAside: 0, offered: 1, taken: 1 });
  const aside = step(fullHouse(), refund({ tickets: [1], restock: false }));
  assert.deepEqual(typeOf(aside.state), { held: 0, sold: 3, setAside: 1, offered: 1, taken: 1 });
});

test('an offer that ends in the very batch in which a hold is paid: the next one is sold', () => {
  const house = fullHouse({ sellers: [{}, { offers: [{ number: 1, seq: 0 }] }] });
  const { revoked, state } = step(house, pay('booking-2'), refund({ tickets: 'all' }), offer([2]));
  assert.deepEqual(revoked, [
    { bookingId: 'booking-0', numbers: [1, 2], reason: 'refund' },
    { bookingId: 'booking-1', numbers: [1], reason: 'resold' },
  ]);
  assert.deepEqual(
    state.offers.get('type-0')?.map(({ bookingId, number }) => [bookingId, number]),
    [['booking-1', 2]],
  );
});

test('while a bank disputes the payment the money waits; it goes back if the bank decides for us, and only then', () => {
  const opened = step(fullHouse(), dispute('opened'));
  const sold = step(opened.state, pay('booking-2'));
  assert.deepEqual(sold.owed, []);
  const due = sold.state.bookings.get('booking-0');
  assert.deepEqual([due?.state, due?.refundedMinor, due?.resaleDueMinor], ['partially_refunded', 0, 900]);
  const won = step(sold.state, dispute('won'));
  assert.deepEqual(won.owed, [{ bookingId: 'booking-0', kind: 'refund', amountMinor: 900, reason: 'resold' }]);
  const lost = step(sold.state, dispute('lost'));
  assert.deepEqual([lost.owed, lost.state.bookings.get('booking-0')?.resaleDueMinor], [[], 0]);
  assert.deepEqual(typeOf(lost.state), { held: 0, sold: 3, setAside: 0, offered: 0, taken: 0 });
});

test('a lost dispute leaves the place to the hold that waits for it', () => {
  const house = fullHouse({ sellers: [{ lines: [{ ...LINE, quantity: 1 }], quantity: 1, offers: [{ number: 1, seq: -1 }] }] });
  const { state } = step(
    buildState({ types: [ticketType({ id: 'type-0', capacity: 3, taken: 1 })], bookings: [...house.bookings.values()] }),
    dispute('lost'),
  );
  assert.deepEqual(typeOf(state), { held: 1, sold: 2, setAside: 0, offered: 0, taken: 0 });
});

test('a late payment takes an offered place where there is no other', () => {
  const expired = booking({ id: 'booking-3', buyerKey: 'buyer-3', state: 'expired', lines: [{ ...LINE, quantity: 1 }] });
  const house = buildState({
    types: [ticketType({ id: 'type-0', capacity: 4, taken: 1 })],
    bookings: [...fullHouse().bookings.values(), expired],
  });
  const { state, revoked } = step(house, pay('booking-3'));
  assert.deepEqual(revoked, [{ bookingId: 'booking-0', numbers: [2], reason: 'resold' }]);
  assert.deepEqual(typeOf(state), { held: 0, sold: 4, setAside: 0, offered: 1, taken: 1 });
});

test('the last ticket of a booking that is sold again ends it; a free one has nothing to get back', () => {
  const one = {
    lines: [{ ...LINE, quantity: 1, unitPriceMinor: 0 }],
    quantity: 1,
    totalMinor: 0,
    extraMinor: 0,
    paidMinor: 0,
    tender: null,
  };
  const house = fullHouse({ sellers: [{ ...one, paymentRef: null, offers: [{ number: 1, seq: -1 }] }] });
  const { state, owed } = step(
    buildState({ types: [ticketType({ id: 'type-0', capacity: 3, taken: 1 })], bookings: [...house.bookings.values()] }),
    pay('booking-2'),
  );
  assert.deepEqual([state.bookings.get('booking-0')?.state, owed], ['cancelled', []]);
});

test('what nobody waits for can be kept after all, and once more it is a repeat', () => {
  const withdrawn = step(fullHouse(), offer([1], { bookingId: 'booking-0', isWithdrawn: true }));
  assert.deepEqual([withdrawn.kinds, typeOf(withdrawn.state).offered], [['booking'], 1]);
  const taken = step(withdrawn.state, offer([2, 1], { bookingId: 'booking-0', isWithdrawn: true }));
  assert.deepEqual(taken.kinds, ['offer_taken']);
  const again = step(fullHouse(), offer([2], { bookingId: 'booking-0' }));
  assert.deepEqual([again.kinds, typeOf(again.state).offered], [['booking'], 2]);
});

test('where the organizer has stopped it nothing is offered and nothing taken; what is held already is sold', () => {
  const house = fullHouse({ terms: { resale: false } });
  assert.deepEqual(step(house, offer()).kinds, ['no_resale']);
  assert.deepEqual(step(house, build.place({ bookingId: 'new-0', buyerKey: 'buyer-9' })).kinds, ['sold_out']);
  assert.deepEqual(step(house, pay('booking-2')).revoked, [{ bookingId: 'booking-0', numbers: [2], reason: 'resold' }]);
  assert.deepEqual(step(house, offer([1], { bookingId: 'booking-0', isWithdrawn: true })).kinds, ['booking']);
});

test('what is offered is not set aside, and does not let a capacity fall', () => {
  const house = fullHouse({ taken: 0 });
  const ids = { commandId: 'command', ticketTypeId: 'type-0' };
  assert.deepEqual(step(house, build.setAside({ ...ids, quantity: 1 })).kinds, ['sold_out']);
  assert.deepEqual(step(house, build.changeTicketType({ ...ids, capacity: 4 })).kinds, ['capacity_too_low']);
});
