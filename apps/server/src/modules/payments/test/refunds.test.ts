import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openPayments, type Answer, type Made, type PaymentsUnderTest, type Sold } from './support.ts';

let it: PaymentsUnderTest;

before(async () => {
  it = await openPayments();
});

after(() => it.close());

const PRICING = {
  rounding: { mode: 'half_even', per: 'booking' },
  fees: [{ kind: 'per_ticket', name: 'Service', amountMinor: 100, onFree: false, ticketTypeIds: null }],
  taxes: [],
} as const;

function refund(event: Made, sold: Sold, body?: object, key?: string): Promise<Answer> {
  return it.organize('POST', event, `/bookings/${sold.id}/refund`, { ...(body && { body }), ...(key !== undefined && { key }) });
}

const stateOf = ({ body }: Answer): unknown => body['state'];
const reasonOf = ({ body }: Answer): unknown => body['reason'] ?? body['code'];

test('an organizer gives back tickets, then money, then all; more than was paid never', async () => {
  const event = await it.newEvent();
  const sold = await it.sell(event, 3);
  const first = await refund(event, sold, { tickets: [2] }, 'first');
  assert.deepEqual([first.status, stateOf(first), first.body['refunded_minor']], [200, 'partially_refunded', 2_000]);
  const again = await refund(event, sold, { tickets: [2] }, 'first');
  assert.deepEqual([again.status, again.headers['idempotency-replayed']], [200, 'true']);
  assert.equal((await refund(event, sold, { tickets: [2] })).body['code'], 'SALES_TICKET_RETURNED');
  assert.equal((await refund(event, sold, { tickets: [4] })).status, 404);
  const tooMuch = await refund(event, sold, { amount_minor: 4_001 });
  assert.deepEqual([tooMuch.body['code'], tooMuch.body['possible_minor']], ['SALES_REFUND_TOO_HIGH', 4_000]);
  assert.equal((await refund(event, sold, { amount_minor: 500 })).body['refunded_minor'], 2_500);
  const all = await refund(event, sold);
  assert.deepEqual([stateOf(all), all.body['refunded_minor']], ['refunded', 6_000]);
  assert.equal((await refund(event, sold)).body['code'], 'SALES_WRONG_STATE');
  await it.drain();
  assert.equal(it.provider.intents.get(sold.ref)?.refundedMinor, 6_000);
  assert.deepEqual(await it.balances(event.eventId), { owed: 0, provider: 0, sales: 0 });
});

test('fees may be kept', async () => {
  const event = await it.newEvent({ pricing: PRICING });
  const sold = await it.sell(event, 2);
  assert.deepEqual(await it.balances(event.eventId), { fees: -200, provider: 4_200, sales: -4_000 });
  assert.equal((await refund(event, sold, { keep_fees: true })).body['refunded_minor'], 4_000);
  await it.drain();
  assert.deepEqual(await it.balances(event.eventId), { fees: -200, owed: 0, provider: 200, sales: 0 });
});

test('a booking that is cancelled keeps its money with the organizer', async () => {
  const event = await it.newEvent();
  const sold = await it.sell(event);
  const cancelled = await it.organize('POST', event, `/bookings/${sold.id}/cancel`);
  assert.deepEqual([cancelled.status, stateOf(cancelled)], [200, 'cancelled']);
  assert.deepEqual(await it.balances(event.eventId), { provider: 2_000, sales: -2_000 });
});

test('what a bank has taken back is not given back a second time', async () => {
  const event = await it.newEvent();
  const sold = await it.sell(event);
  const dispute = { ref: 'dp_1', amountMinor: 2_000 };
  it.provider.intents.get(sold.ref)!.disputedMinor = 2_000;
  await it.tell(it.provider.notify('dispute.opened', sold.ref, { dispute }));
  assert.equal((await refund(event, sold)).body['code'], 'SALES_DISPUTED');
});

test('a refund that was decided before the bank spoke fails at the provider, and stays owed for a person to see', async () => {
  const event = await it.newEvent();
  const sold = await it.sell(event);
  await refund(event, sold);
  it.provider.intents.get(sold.ref)!.disputedMinor = 2_000;
  await it.drain();
  const { body } = await it.organize('GET', event, `/bookings/${sold.id}`);
  const [owed] = body['owed'] as { state: string }[];
  assert.equal(owed?.state, 'failed');
  assert.equal((await it.balances(event.eventId))['owed'], -2_000);
});

test('organizers list what money moved for, and see what it did', async () => {
  const event = await it.newEvent();
  const all = [await it.sell(event), await it.sell(event), await it.sell(event)].sort((a, b) => (a.bookingId < b.bookingId ? -1 : 1));
  await it.begin(event);
  const pages = [await it.organize('GET', event, '/bookings?limit=2')];
  const [first] = pages;
  assert.equal(first?.body['has_more'], true);
  pages.push(await it.organize('GET', event, `/bookings?limit=2&starting_after=${all[1]?.id}`));
  const listed = pages.flatMap(({ body }) => (body['data'] as { id: string }[]).map(({ id }) => id));
  assert.deepEqual(
    listed,
    all.map(({ id }) => id),
  );
  await refund(event, all[0]!);
  await it.drain();
  const { body } = await it.organize('GET', event, `/bookings/${all[0]?.id}`);
  const transfers = body['transfers'] as { kind: string; amount_minor: number }[];
  assert.deepEqual(
    transfers.map(({ kind, amount_minor: amount }) => [kind, amount]),
    [
      ['payment', 2_000],
      ['refund', 2_000],
      ['refund_done', 2_000],
    ],
  );
  const other = await it.newEvent();
  assert.equal((await it.organize('GET', other, `/bookings/${all[0]?.id}`)).status, 404);
});

test('buyers give back by themselves what the policy lets them, and for what it says', async () => {
  const event = await it.newEvent({ pricing: PRICING, startsInMs: 3 * 3_600_000 });
  const sold = await it.sell(event, 3);
  const ask = (body?: object, key?: string) =>
    it.send('POST', `/bookings/${sold.id}/refund`, { token: sold.token, ...(body && { body }), ...(key !== undefined && { key }) });
  const set = (until: number, percent: number) =>
    it.organize('PUT', event, '/refund-policy', { body: { until_hours_before: until, percent, keep_fees: false } });
  assert.equal(reasonOf(await ask()), 'no_policy');
  assert.equal((await set(4, 50)).status, 200);
  assert.equal(reasonOf(await ask()), 'too_late');
  await set(2, 50);
  const one = await ask({ tickets: [1] }, 'one');
  // Half of 20.00 and of its fee of 1.00.
  assert.deepEqual([one.status, one.body['refunded_minor']], [200, 1_050]);
  const repeat = await ask({ tickets: [1] }, 'one');
  assert.deepEqual([repeat.status, repeat.headers['idempotency-replayed'], repeat.body['refunded_minor']], [200, 'true', 1_050]);
  assert.equal(reasonOf(await ask({ tickets: [1] })), 'SALES_TICKET_RETURNED');
  await it.organize('DELETE', event, '/refund-policy');
  assert.equal((await ask({ tickets: [1] }, 'one')).status, 200, 'a repeat is a repeat, whatever the policy says now');
  assert.equal(reasonOf(await ask({ tickets: [2] })), 'no_policy');
  await set(2, 100);
  const rest = await ask(undefined, 'rest');
  assert.deepEqual([rest.status, stateOf(rest)], [200, 'refunded']);
  assert.equal((await ask(undefined, 'rest')).headers['idempotency-replayed'], 'true');
  assert.equal((await ask({ tickets: [2] }, 'rest')).body['code'], 'IDEMPOTENCY_KEY_REUSED');
});

test('another buyer’s booking is not there', async () => {
  const event = await it.newEvent();
  const [mine, theirs] = [await it.sell(event), await it.sell(event)];
  for (const path of ['refund', 'payment']) {
    assert.equal((await it.send('POST', `/bookings/${theirs.id}/${path}`, { token: mine.token })).status, 404);
  }
  assert.equal((await it.send('GET', `/bookings/${theirs.id}/payment`, { token: mine.token })).status, 404);
});

test('a buyer reads what goes back, whose wish it was and how far it is, and none of the organizer’s words', async () => {
  const event = await it.newEvent();
  const sold = await it.sell(event, 3);
  const refundsOf = async () => {
    const { body } = await it.send('GET', `/bookings/${sold.id}/payment`, { token: sold.token });
    return (body['refunds'] as { amount_minor: number; reason: string; state: string }[]).map((one) => [
      one.amount_minor,
      one.reason,
      one.state,
    ]);
  };
  assert.deepEqual(await refundsOf(), []);
  await refund(event, sold, { tickets: [1], reason: 'we think that this is fraud' });
  assert.deepEqual(await refundsOf(), [[2_000, 'by_organizer', 'open']]);
  await it.drain();
  await it.organize('PUT', event, '/refund-policy', { body: { until_hours_before: 0, percent: 100, keep_fees: false } });
  await it.send('POST', `/bookings/${sold.id}/refund`, { token: sold.token, body: { tickets: [2] } });
  assert.deepEqual(await refundsOf(), [
    [2_000, 'by_organizer', 'done'],
    [2_000, 'by_buyer', 'open'],
  ]);
});
