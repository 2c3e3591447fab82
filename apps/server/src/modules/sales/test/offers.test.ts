import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { confirmBooking, expireDueEvents, refundBooking, releaseBooking, settleDispute, type Booking } from '../index.ts';
import { anId, bookingIn, countKinds, hold } from './buyers.ts';
import { makeDue } from './make-due.ts';
import { readCounters } from './recount.ts';
import { PRICE_MINOR, sellersAt } from './sellers.ts';
import { openSales } from './support.ts';

const BUYERS = 200;
const ORGANIZER = { kind: 'organizer' } as const;

const one = await openSales();
const other = await openSales({ url: one.url });
const { anEvent, pay, sell, offer, withdraw, read, assertClean, leftOf, offeredOf } = sellersAt(one, other);
after(async () => {
  await other.closeAll();
  await one.closeAll();
});

test('a ticket goes back when somebody pays for its place: written, read back and audited at every step', async () => {
  const event = await anEvent(2);
  const seller = await sell(event, 2);
  assert.equal(await leftOf(event), 0);
  assert.deepEqual(offeredOf(bookingIn(await offer(event, seller, [2, 1]))), [1, 2]);
  assert.equal(await leftOf(event), 2);
  await assertClean(event);
  const held = bookingIn(await hold(other, event));
  assert.equal(await leftOf(event), 1);
  assert.deepEqual(await readCounters(one.db, event.eventId), { capacity: 2, held: 0, sold: 2, setAside: 0 });
  await assertClean(event);
  await pay(event, held);
  const after = await read(event, seller);
  assert.deepEqual([after.state, after.returned, offeredOf(after), after.refundedMinor], ['partially_refunded', [1], [2], PRICE_MINOR]);
  await assertClean(event);
  assert.deepEqual(offeredOf(bookingIn(await withdraw(event, seller, [2]))), []);
  assert.deepEqual(offeredOf(await read(event, seller)), []);
  assert.equal(await leftOf(event), 0);
  await assertClean(event);
});

test('facts tell of offers, withdrawals and sales', async () => {
  const event = await anEvent(1, 0);
  const seller = bookingIn(await hold(one, event, { confirm: true }));
  await offer(event, seller);
  await withdraw(event, seller);
  await offer(event, seller);
  await hold(one, event, { confirm: true });
  const rows = await one.db.queryRows(
    `select type, payload::text from facts.facts where event_id = $1 and type like 'ticket.%' order by seq`,
    [event.eventId],
  );
  assert.deepEqual(
    rows.map(([type]) => type),
    ['ticket.offered', 'ticket.offer_withdrawn', 'ticket.offered', 'ticket.resold'],
  );
  assert.deepEqual(JSON.parse(String(rows[3]?.[1])), { buyer_key: seller.buyerKey, numbers: [1], refund_minor: 0, currency: 'EUR' });
  await assertClean(event);
});

test(`of ${BUYERS} buyers at two servers one gets the one place that is offered`, async () => {
  const event = await anEvent(1);
  const seller = await sell(event);
  await offer(event, seller);
  const outcomes = await Promise.all(Array.from({ length: BUYERS }, (_, buyer) => hold(buyer % 2 === 0 ? one : other, event)));
  assert.deepEqual(countKinds(outcomes), { booking: 1, sold_out: BUYERS - 1 });
  await assertClean(event);
  await pay(event, bookingIn(outcomes.find(({ kind }) => kind === 'booking') ?? { kind: 'none' }));
  assert.equal((await read(event, seller)).state, 'refunded');
  await assertClean(event);
});

test('a crowd at two servers sells a house twice over: each ticket goes back once, and whoever offered first sold first', async () => {
  const event = await anEvent(40, 0);
  const sellers: Booking[] = [];
  for (let count = 0; count < 20; count += 1) sellers.push(bookingIn(await hold(one, event, { quantity: 2, confirm: true })));
  for (const seller of sellers) await offer(event, seller, [1, 2]);
  const wishes = Array.from({ length: 60 }, (_, buyer) => hold(buyer % 2 === 0 ? one : other, event, { confirm: buyer % 3 !== 0 }));
  const outcomes = await Promise.all(wishes);
  assert.deepEqual(countKinds(outcomes), { booking: 40, sold_out: 20 });
  await assertClean(event);
  const states = await Promise.all(sellers.map(async (seller) => (await read(event, seller)).returned.length));
  assert.deepEqual(
    states,
    [...states].sort((a, b) => b - a),
    'the first are served first',
  );
  for (const outcome of outcomes) {
    if (outcome.kind !== 'booking' || outcome.booking.state !== 'held') continue;
    const { id: bookingId, buyerKey } = outcome.booking;
    await confirmBooking(other, {
      eventId: event.eventId,
      bookingId,
      actor: { kind: 'buyer', buyerKey },
      idempotencyKey: anId(),
      tender: null,
    });
  }
  assert.deepEqual(await readCounters(one.db, event.eventId), { capacity: 40, held: 0, sold: 40, setAside: 0 });
  assert.ok((await Promise.all(sellers.map((seller) => read(event, seller)))).every(({ state }) => state === 'cancelled'));
  await assertClean(event);
});

describe('a hold on an offered place', () => {
  test('ends, by itself or by its buyer, and the offer is open again', async () => {
    const event = await anEvent(1);
    const seller = await sell(event);
    await offer(event, seller);
    bookingIn(await hold(one, event));
    assert.equal((await withdraw(event, seller)).kind, 'offer_taken');
    await makeDue(one.db, event.eventId);
    await expireDueEvents(one);
    assert.equal(await leftOf(event), 1);
    await assertClean(event);
    const { id: bookingId, buyerKey } = bookingIn(await hold(one, event));
    await releaseBooking(one, { eventId: event.eventId, bookingId, actor: { kind: 'buyer', buyerKey }, idempotencyKey: anId() });
    assert.equal((await withdraw(event, seller)).kind, 'booking');
    await assertClean(event);
  });

  test('keeps its place when the seller is refunded otherwise', async () => {
    const event = await anEvent(1);
    const seller = await sell(event);
    await offer(event, seller);
    const held = bookingIn(await hold(one, event));
    const asked = { eventId: event.eventId, bookingId: seller.id, actor: ORGANIZER, idempotencyKey: anId() };
    await refundBooking(one, { ...asked, tickets: 'all', amountMinor: null, keepFees: false, restock: false, reason: 'asked' });
    assert.deepEqual(await readCounters(one.db, event.eventId), { capacity: 1, held: 1, sold: 0, setAside: 0 });
    await assertClean(event);
    assert.equal((await pay(event, held)).state, 'confirmed');
    assert.equal((await read(event, seller)).refundedMinor, PRICE_MINOR);
    await assertClean(event);
  });

  test('is paid while a bank disputes the seller’s payment: the money waits for the bank, and goes back once', async () => {
    const event = await anEvent(1);
    const seller = await sell(event);
    await offer(event, seller);
    const held = bookingIn(await hold(one, event));
    const said = { eventId: event.eventId, bookingId: seller.id, disputeRef: 'dp', amountMinor: PRICE_MINOR, currency: 'EUR' };
    await settleDispute(one, { ...said, status: 'opened' });
    await pay(event, held);
    const waiting = await read(event, seller);
    assert.deepEqual([waiting.state, waiting.refundedMinor, waiting.resaleDueMinor], ['refunded', 0, PRICE_MINOR]);
    await assertClean(event);
    for (let times = 0; times < 2; times += 1) await settleDispute(other, { ...said, status: 'won' });
    const settled = await read(event, seller);
    assert.deepEqual([settled.refundedMinor, settled.resaleDueMinor], [PRICE_MINOR, 0]);
    await assertClean(event);
  });
});

test('a late payment takes an offered place, and a repeat of it takes no other', async () => {
  const event = await anEvent(2);
  const seller = await sell(event, 1);
  const late = bookingIn(await hold(one, event));
  await makeDue(one.db, event.eventId);
  await expireDueEvents(one);
  await sell(event);
  await offer(event, seller);
  for (let times = 0; times < 2; times += 1) assert.equal((await pay(event, late)).state, 'confirmed');
  assert.equal((await read(event, seller)).state, 'refunded');
  await assertClean(event);
});
