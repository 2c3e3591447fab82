import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openPayments, type PaymentsUnderTest } from './support.ts';

let it: PaymentsUnderTest;

before(async () => {
  it = await openPayments();
});

after(() => it.close());

type Sold = Awaited<ReturnType<PaymentsUnderTest['sell']>>;
const offer = (sold: Sold, numbers: readonly number[], to = '') =>
  it.send('POST', `/bookings/${sold.id}/offers${to}`, { token: sold.token, body: { ticket_numbers: [...numbers] } });
const refundsOf = (sold: Sold): number[] =>
  [...it.provider.refunds.values()].filter(({ intentRef }) => intentRef === sold.ref).map(({ amountMinor }) => amountMinor);

test('tickets that are sold again are paid back by the provider, each once, and the books say so', async () => {
  const event = await it.newEvent({ capacity: 3 });
  const seller = await it.sell(event, 3);
  const offered = await offer(seller, [1, 2, 3]);
  assert.deepEqual([offered.status, offered.body['offered_tickets']], [200, [1, 2, 3]]);
  const first = await it.begin(event, 2);
  assert.equal(await it.drain(), 0, 'nothing is owed before somebody pays');
  await it.tell(it.provider.pay(first.ref));
  assert.equal(await it.drain(), 1);
  assert.deepEqual(refundsOf(seller), [4_000]);
  const second = await it.sell(event);
  assert.equal(await it.drain(), 1);
  assert.deepEqual(refundsOf(seller), [4_000, 2_000]);
  assert.deepEqual([(await it.booking(seller)).state, (await it.booking(second)).state], ['refunded', 'confirmed']);
  const owed = await it.rows('select id from payments.owed where event_id = $1 and done_at is not null', [event.eventId]);
  assert.equal(owed.length, 2);
  const balances = await it.balances(event.eventId);
  assert.equal(
    Object.values(balances).reduce((sum, left) => sum + left, 0),
    0,
    JSON.stringify(balances),
  );
});

test('a hold that is not paid leaves seller and money as they were', async () => {
  const event = await it.newEvent({ capacity: 1 });
  const seller = await it.sell(event);
  await offer(seller, [1]);
  const unpaid = await it.begin(event);
  assert.equal((await offer(seller, [1], '/withdraw')).body['code'], 'SALES_OFFER_TAKEN');
  await it.send('POST', `/bookings/${unpaid.id}/release`, { token: unpaid.token });
  assert.equal((await offer(seller, [1], '/withdraw')).status, 200);
  await it.drain();
  assert.deepEqual(refundsOf(seller), []);
  assert.equal((await it.booking(seller)).state, 'confirmed');
});

test('strangers and nonsense are refused, and nothing is offered by them', async () => {
  const event = await it.newEvent({ capacity: 2 });
  const [seller, stranger] = [await it.sell(event), await it.sell(event)];
  assert.equal((await offer({ ...seller, token: stranger.token }, [1])).status, 404);
  assert.equal((await offer({ ...seller, token: stranger.token }, [1], '/withdraw')).status, 404);
  assert.equal((await offer(seller, [2])).status, 404);
  for (const numbers of [[], [0], [-1], [1.5], [40_000]]) assert.equal((await offer(seller, numbers)).status, 400, JSON.stringify(numbers));
  assert.deepEqual((await it.booking(seller)).offers, []);
});
