import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { systemClock } from '../../../platform/clock/index.ts';
import { buildAwaitedPayments } from '../awaited-payments.ts';
import { sweepAwaited } from '../owed-sweeper.ts';
import { openPayments, type PaymentsUnderTest } from './support.ts';

let it: PaymentsUnderTest;

before(async () => {
  it = await openPayments();
});

after(() => it.close());

test('a hold becomes an intent, the payment is told, and the booking is confirmed', async () => {
  const event = await it.newEvent();
  const sold = await it.begin(event, 2);
  assert.equal((await it.booking(sold)).state, 'awaiting_payment');
  const told = await it.tell(it.provider.pay(sold.ref));
  assert.equal(told.status, 200);
  const booking = await it.booking(sold);
  assert.equal(booking.state, 'confirmed');
  assert.equal(booking.paidMinor, 4_000);
  assert.deepEqual(await it.balances(event.eventId), { provider: 4_000, sales: -4_000 });
});

test('the same booking has one intent, however often and under whatever key it is asked for', async () => {
  const event = await it.newEvent();
  const sold = await it.begin(event);
  const again = await it.send('POST', `/bookings/${sold.id}/payment`, { token: sold.token });
  assert.equal(again.status, 200);
  assert.equal((again.body['intent'] as { client_secret: string }).client_secret, `secret_${sold.ref}`);
  await it.tell(it.provider.pay(sold.ref));
  const paid = await it.send('POST', `/bookings/${sold.id}/payment`, { token: sold.token });
  assert.equal(paid.status, 200);
  assert.equal(paid.body['intent'], null);
  assert.equal((paid.body['booking'] as { state: string }).state, 'confirmed');
});

test('told three times under three names it is taken in once', async () => {
  const event = await it.newEvent();
  const sold = await it.begin(event);
  it.provider.pay(sold.ref);
  for (let times = 0; times < 3; times += 1) {
    const told = await it.tell(it.provider.notify('intent.succeeded', sold.ref));
    assert.equal(told.status, 200);
  }
  assert.deepEqual(await it.balances(event.eventId), { provider: 2_000, sales: -2_000 });
  assert.equal((await it.rows('select 1 from payments.transfers where booking_id = $1', [sold.bookingId])).length, 1);
});

test('a notification that was lost is made good by whoever asks how the payment stands', async () => {
  const event = await it.newEvent();
  const sold = await it.begin(event);
  it.provider.pay(sold.ref);
  const view = await it.send('GET', `/bookings/${sold.id}/payment`, { token: sold.token });
  assert.equal(view.status, 200);
  assert.equal((view.body['booking'] as { state: string }).state, 'confirmed');
});

test('a wrong amount and a wrong currency are owed back, given back once, and leave nothing on the accounts', async () => {
  for (const paid of [{ amountMinor: 1_999 }, { amountMinor: 2_001 }, { currency: 'USD' }]) {
    const event = await it.newEvent();
    const sold = await it.begin(event);
    assert.equal((await it.tell(it.provider.pay(sold.ref, paid))).status, 200);
    assert.equal((await it.booking(sold)).state, 'refunded');
    assert.equal(await it.drain(), 1);
    assert.equal(await it.drain(), 0);
    const balances = await it.balances(event.eventId);
    assert.deepEqual(Object.values(balances), [0, 0], JSON.stringify(balances));
    assert.equal([...it.provider.refunds.values()].filter((refund) => refund.intentRef === sold.ref).length, 1);
  }
});

test('a booking that nobody paid is voided at the provider; if it was paid meanwhile, the money goes back', async () => {
  const event = await it.newEvent({ capacity: 1 });
  const unpaid = await it.begin(event);
  assert.equal((await it.send('POST', `/bookings/${unpaid.id}/release`, { token: unpaid.token })).status, 200);
  assert.equal(await it.drain(), 1);
  assert.equal(it.provider.intents.get(unpaid.ref)?.state, 'cancelled');
  const late = await it.begin(event);
  it.provider.pay(late.ref);
  assert.equal((await it.send('POST', `/bookings/${late.id}/release`, { token: late.token })).status, 200);
  assert.equal(await it.drain(), 2);
  assert.equal((await it.booking(late)).state, 'refunded');
  assert.equal(it.provider.intents.get(late.ref)?.refundedMinor, 2_000);
  assert.deepEqual(await it.balances(event.eventId), { owed: 0, provider: 0 });
});

test('the provider is asked before tickets go to others, and a payment that was never told is found', async () => {
  let nowMs = 0;
  const awaited = buildAwaitedPayments(() => nowMs);
  const event = await it.newEvent();
  const [paid, unpaid] = [await it.begin(event), await it.begin(event)];
  it.provider.pay(paid.ref);
  awaited.note(event.eventId, [await it.booking(paid), await it.booking(unpaid)], systemClock.nowMs());
  assert.equal(await sweepAwaited(it.payments, awaited), 0);
  nowMs = 1_200_000;
  assert.equal(await sweepAwaited(it.payments, awaited), 2);
  assert.equal(await sweepAwaited(it.payments, awaited), 0);
  assert.deepEqual([(await it.booking(paid)).state, (await it.booking(unpaid)).state], ['confirmed', 'awaiting_payment']);
  // Whoever is known to have paid is not asked about.
  awaited.note(event.eventId, [await it.booking(unpaid)], systemClock.nowMs());
  awaited.note(event.eventId, [{ ...(await it.booking(unpaid)), state: 'confirmed' }], systemClock.nowMs());
  nowMs += 1_200_000;
  assert.equal(await sweepAwaited(it.payments, awaited), 0);
});
