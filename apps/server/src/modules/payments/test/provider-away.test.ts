import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { refundBooking } from '../../sales/index.ts';
import { buildCircuitBreaker } from '../circuit-breaker.ts';
import { buildProviderGate } from '../provider-gate.ts';
import { buildFakeProvider } from './fake-provider.ts';
import { openPayments, type PaymentsUnderTest, type Sold } from './support.ts';

let it: PaymentsUnderTest;

before(async () => {
  it = await openPayments();
});

after(() => it.close());

test('while the provider is away nobody can pay, everything stays held, and afterwards all goes on', async () => {
  const event = await it.newEvent();
  const held = await it.begin(event);
  it.provider.fault = 'down';
  const again = await it.send('POST', `/bookings/${held.id}/payment`, { token: held.token });
  assert.equal(again.status, 503);
  assert.equal(again.body['code'], 'PAYMENTS_UNAVAILABLE');
  assert.equal(again.body['retryable'], true);
  assert.ok(Number(again.headers['retry-after']) >= 1);
  assert.equal((await it.booking(held)).state, 'awaiting_payment');
  // Whoever only looks is answered.
  assert.equal((await it.send('GET', `/bookings/${held.id}/payment`, { token: held.token })).status, 200);
  it.provider.fault = 'none';
  assert.equal((await it.send('POST', `/bookings/${held.id}/payment`, { token: held.token })).status, 200);
});

test('a refund that is decided while the provider is away is made once it is there, once', async () => {
  const event = await it.newEvent();
  const sold = await it.sell(event);
  await giveBack(sold);
  it.provider.fault = 'down';
  assert.equal(await it.drain(), 1);
  const [row] = await it.rows<{ tries: number; lastError: string }>(
    'select tries, last_error as "lastError" from payments.owed where booking_id = $1',
    [sold.bookingId],
  );
  assert.deepEqual(row, { tries: 1, lastError: 'It is away.' });
  it.provider.fault = 'none';
  await it.rows('update payments.owed set next_try_at = now() where booking_id = $1', [sold.bookingId]);
  await it.drain();
  assert.equal(it.provider.intents.get(sold.ref)?.refundedMinor, 2_000);
  assert.deepEqual(await it.balances(event.eventId), { owed: 0, provider: 0, sales: 0 });
});

test('two servers that sweep at once give back once; so does one that dies behind the provider’s answer', async () => {
  const event = await it.newEvent();
  const all = await Promise.all(Array.from({ length: 20 }, () => it.sell(event)));
  for (const sold of all) await giveBack(sold);
  // As after a crash behind the provider's answer: it has done it, and the row does not know.
  const [{ id: key } = { id: '' }] = await it.rows<{ id: string }>('select id from payments.owed where booking_id = $1', [
    all[0]!.bookingId,
  ]);
  await it.provider.refund({ key, ref: all[0]!.ref, amountMinor: 2_000, reason: '' });
  const calls = it.provider.calls;
  await Promise.all([it.drain(), it.drain(), it.drain()]);
  assert.equal(it.provider.calls - calls, 20);
  for (const sold of all) assert.equal(it.provider.intents.get(sold.ref)?.refundedMinor, 2_000);
  assert.deepEqual(await it.balances(event.eventId), { owed: 0, provider: 0, sales: 0 });
});

test('a refund that is under way ends when it is told, one that fails stays owed and is taken note of', async () => {
  const event = await it.newEvent();
  const sold = await it.sell(event);
  it.provider.refundState = 'pending';
  await giveBack(sold);
  await it.drain();
  assert.equal((await it.balances(event.eventId))['owed'], -2_000);
  const [refund] = [...it.provider.refunds.values()].filter(({ intentRef }) => intentRef === sold.ref);
  const told = { refund: { ...refund!, state: 'succeeded' as const } };
  for (let times = 0; times < 2; times += 1) await it.tell(it.provider.notify('refund.succeeded', sold.ref, told));
  assert.equal((await it.balances(event.eventId))['owed'], 0);

  it.provider.refundState = 'failed';
  const other = await it.sell(event);
  await giveBack(other);
  await it.drain();
  it.provider.refundState = 'succeeded';
  assert.equal((await it.balances(event.eventId))['owed'], -2_000);
  const failed = await it.rows('select 1 from payments.owed where booking_id = $1 and failed_at is not null', [other.bookingId]);
  const noted = await it.rows('select 1 from payments.notices where payment_ref = $1 and reason = $2', [other.ref, 'refund_failed']);
  assert.deepEqual([failed.length, noted.length], [1, 1]);
});

test('a provider that hangs is left alone: calls are bounded, and after some failures none is made', async () => {
  const provider = buildFakeProvider();
  provider.fault = 'hang';
  let nowMs = 0;
  const gate = buildProviderGate({ provider, breaker: buildCircuitBreaker(() => nowMs), callsMax: 10 });
  const ask = () => gate.ask((one) => one.readIntent('pi_1'));
  const first = await Promise.all(Array.from({ length: 100 }, ask));
  assert.ok(first.every(({ kind }) => kind === 'unavailable'));
  assert.equal(provider.calls, 10);
  assert.equal((await ask()).kind, 'unavailable');
  assert.equal(provider.calls, 10, 'it is not asked while it rests');
  nowMs += 1_000;
  await Promise.all([ask(), ask(), ask()]);
  assert.equal(provider.calls, 11, 'one asks whether it is back');
  nowMs += 60_000;
  provider.fault = 'none';
  assert.equal((await ask()).kind, 'answered');
  assert.equal((await ask()).kind, 'answered');
});

async function giveBack({ eventId, bookingId }: Sold): Promise<void> {
  const asked = { tickets: 'all', amountMinor: null, keepFees: false, restock: true, reason: 'asked' } as const;
  const outcome = await refundBooking(it.sales, { ...asked, eventId, bookingId, actor: { kind: 'organizer' }, idempotencyKey: bookingId });
  assert.equal(outcome.kind, 'booking');
}
