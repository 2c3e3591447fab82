import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { systemClock } from '../../../platform/clock/index.ts';
import { newUuid } from '../../../platform/ids/index.ts';
import { LaneBusy, OutcomeUnknown } from '../../sales/index.ts';
import { buildFakeProvider } from './fake-provider.ts';
import { openPayments, type PaymentsUnderTest, type Sold } from './support.ts';

let it: PaymentsUnderTest;

before(async () => {
  it = await openPayments();
});

after(() => it.close());

function notices(subject: string): Promise<{ reason: string; booking: string }[]> {
  return it.rows('select reason, booking from payments.notices where payment_ref = $1 order by at', [subject]);
}

test('what is forged, unsigned or for another account is refused and changes nothing', async () => {
  const sold = await it.begin(await it.newEvent());
  const notification = it.provider.pay(sold.ref);
  const forged = await it.tell(notification, { secret: 'a guess' });
  assert.equal(forged.status, 400);
  assert.equal(forged.body['code'], 'PAYMENTS_NOTIFICATION_REFUSED');
  assert.equal(forged.body['reason'], 'forged');
  assert.equal((await it.tell(notification, { account: 'acct_theirs' })).body['reason'], 'other_account');
  const unsigned = await it.http.inject({ method: 'POST', url: '/webhooks/payments', payload: { any: 'thing' } });
  assert.equal(unsigned.statusCode, 400);
  assert.equal(unsigned.json<{ reason: string }>().reason, 'unsigned');
  const { body, signature } = it.provider.post(notification);
  body[body.length - 2] = 0x20;
  const altered = await it.http.inject({
    method: 'POST',
    url: '/webhooks/payments',
    headers: { 'fake-signature': signature },
    payload: body,
  });
  assert.equal(altered.statusCode, 400);
  assert.equal((await it.booking(sold)).state, 'awaiting_payment');
});

test('a body of any type is read as bytes, up to 256 kilobytes', async () => {
  const post = (payload: Buffer, type: string) =>
    it.http.inject({ method: 'POST', url: '/webhooks/payments', headers: { 'content-type': type }, payload });
  assert.equal((await post(Buffer.alloc(256 * 1024 + 1), 'application/json')).statusCode, 413);
  assert.equal((await post(Buffer.alloc(256 * 1024), 'application/octet-stream')).statusCode, 400);
  assert.equal((await post(Buffer.from('\0{'), 'text/plain')).statusCode, 400);
});

test('money for a booking that is not there is taken note of, once, and not told again', async () => {
  for (const ids of [
    { eventId: newUuid(systemClock.nowMs()), bookingId: newUuid(systemClock.nowMs()) },
    { ...(await it.newEvent()), bookingId: newUuid(systemClock.nowMs()) },
    { eventId: 'nonsense\u202e', bookingId: '../../etc' },
  ]) {
    const { ref } = await it.provider.createIntent({ key: JSON.stringify(ids), amountMinor: 5, currency: 'EUR', description: '', ...ids });
    it.provider.pay(ref);
    for (let times = 0; times < 2; times += 1) assert.equal((await it.tell(it.provider.notify('intent.succeeded', ref))).status, 200);
    const noted = await notices(ref);
    assert.equal(noted.length, 1);
    assert.equal(noted[0]?.booking, ids.bookingId);
  }
});

test('a second payment of a booking that is paid goes back', async () => {
  const event = await it.newEvent();
  const sold = await it.sell(event);
  const order = { key: 'again', amountMinor: 2_000, currency: 'EUR', description: '', eventId: sold.eventId, bookingId: sold.bookingId };
  const { ref } = await it.provider.createIntent(order);
  await it.tell(it.provider.pay(ref));
  assert.equal((await it.booking(sold)).state, 'confirmed');
  await it.drain();
  assert.equal(it.provider.intents.get(ref)?.refundedMinor, 2_000);
  assert.deepEqual(await it.balances(event.eventId), { owed: 0, provider: 2_000, sales: -2_000 });
});

test('what fails, is being checked or is cancelled at the provider leaves the hold as it is', async () => {
  const sold = await it.begin(await it.newEvent());
  for (const type of ['intent.failed', 'intent.requires_action', 'intent.cancelled'] as const) {
    assert.equal((await it.tell(it.provider.notify(type, sold.ref))).status, 200);
  }
  assert.equal((await it.booking(sold)).state, 'awaiting_payment');
  await it.tell(it.provider.pay(sold.ref));
  await it.tell(it.provider.notify('intent.failed', sold.ref));
  assert.equal((await it.booking(sold)).state, 'confirmed');
});

async function dispute(sold: Sold, type: 'dispute.opened' | 'dispute.won' | 'dispute.lost'): Promise<void> {
  const intent = it.provider.intents.get(sold.ref)!;
  intent.disputedMinor = type === 'dispute.won' ? 0 : 2_000;
  const told = await it.tell(it.provider.notify(type, sold.ref, { dispute: { ref: `dp_${sold.ref}`, amountMinor: 2_000 } }));
  assert.equal(told.status, 200);
}

test('a chargeback takes the money, and gives it again or ends the booking; told twice it is one', async () => {
  const event = await it.newEvent();
  const [won, lost] = [await it.sell(event), await it.sell(event)];
  for (const sold of [won, lost, won]) await dispute(sold, 'dispute.opened');
  assert.deepEqual(await it.balances(event.eventId), { disputed: 4_000, provider: 0, sales: -4_000 });
  await dispute(won, 'dispute.won');
  await dispute(lost, 'dispute.lost');
  await dispute(lost, 'dispute.opened');
  assert.equal((await it.booking(won)).state, 'confirmed');
  assert.equal((await it.booking(lost)).state, 'cancelled');
  assert.deepEqual(await it.balances(event.eventId), { disputed: 0, provider: 2_000, sales: -2_000 });
});

test('a dispute that is told before the payment brings the payment with it', async () => {
  const event = await it.newEvent();
  const sold = await it.begin(event);
  it.provider.pay(sold.ref);
  await dispute(sold, 'dispute.opened');
  assert.deepEqual(await it.balances(event.eventId), { disputed: 2_000, provider: 0, sales: -2_000 });
});

test('a refund that somebody made at the provider is taken note of', async () => {
  const sold = await it.sell(await it.newEvent());
  const refund = await it.provider.refund({ key: 'by hand', ref: sold.ref, amountMinor: 2_000, reason: '' });
  assert.equal((await it.tell(it.provider.notify('refund.succeeded', sold.ref, { refund }))).status, 200);
  assert.deepEqual(
    (await notices(sold.ref)).map(({ reason }) => reason),
    ['unknown_refund'],
  );
});

test('while the sale does not answer the provider is told to send it again', async () => {
  const sold = await it.begin(await it.newEvent());
  const notification = it.provider.pay(sold.ref);
  const { lanes } = it.sales;
  const submit = lanes.submit;
  for (const [error, code] of [
    [new LaneBusy('full'), 'LANE_BUSY'],
    [new OutcomeUnknown(new Error('silence')), 'OUTCOME_UNKNOWN'],
  ] as const) {
    lanes.submit = () => Promise.reject(error);
    const told = await it.tell(notification);
    assert.deepEqual([told.status, told.body['code']], [503, code]);
  }
  lanes.submit = submit;
  assert.equal((await it.tell(notification)).status, 200);
  assert.equal((await it.booking(sold)).state, 'confirmed');
});

test('where money moves, test events meet no provider: nobody can pay for them, and what comes in is taken note of', async () => {
  const provider = { ...buildFakeProvider(), isSandbox: false };
  const live = await openPayments(provider);
  try {
    const [trial, real] = [await live.newEvent({ isTest: true }), await live.newEvent()];
    assert.equal((await live.tryBegin(trial)).body['code'], 'PAYMENTS_NOT_POSSIBLE');
    assert.equal((await live.tryBegin(real)).status, 200);
    const order = { key: 'by hand', amountMinor: 2_000, currency: 'EUR', description: '', eventId: trial.eventId, bookingId: trial.typeId };
    const { ref } = await provider.createIntent(order);
    const { body, signature } = provider.post(provider.pay(ref));
    const told = await live.http.inject({
      method: 'POST',
      url: '/webhooks/payments',
      headers: { 'fake-signature': signature },
      payload: body,
    });
    assert.equal(told.statusCode, 200);
    const noted = await live.rows<{ reason: string }>('select reason from payments.notices where payment_ref = $1', [ref]);
    assert.deepEqual(noted, [{ reason: 'test_and_live' }]);
  } finally {
    await live.close();
  }
});
