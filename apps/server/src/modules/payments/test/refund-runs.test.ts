import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { changeSale } from '../../catalog/index.ts';
import { confirmBooking } from '../../sales/index.ts';
import { workOnRun } from '../runs/refund-runner.ts';
import { openPayments, type Answer, type Made, type PaymentsUnderTest, type Sold } from './support.ts';

let it: PaymentsUnderTest;

before(async () => {
  it = await openPayments();
});

after(() => it.close());

const going = new AbortController().signal;
const inAnHour = (): string => new Date(it.payments.clock.nowMs() + 3_600_000).toISOString();

async function cancel({ eventId }: Made): Promise<void> {
  const asked = { eventId, changes: { state: 'cancelled' }, idempotencyKey: 'cancel' } as const;
  assert.equal((await changeSale(it.catalog, asked)).kind, 'configured');
}

function begin(event: Made, body: object = { choice: 'refund_all' }, key?: string): Promise<Answer> {
  return it.organize('POST', event, '/refund-runs', { body, ...(key !== undefined && { key }) });
}

async function progress(event: Made, { body }: Answer): Promise<{ state: string; bookings: Record<string, number> }> {
  const answer = await it.organize('GET', event, `/refund-runs/${String(body['id'])}`);
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return answer.body as { state: string; bookings: Record<string, number> };
}

/** As servers do, until there is nothing to be done now. */
async function work(event: Made): Promise<void> {
  for (let times = 0; times < 20; times += 1) {
    await it.rows("update payments.refund_runs set lease_until = '-infinity' where event_id = $1", [event.eventId]);
    if (!(await workOnRun(it.payments, going))) return;
  }
}

async function sellMany(event: Made, count: number): Promise<Sold[]> {
  const sold: Sold[] = [];
  while (sold.length < count) sold.push(...(await Promise.all(Array.from({ length: 10 }, () => it.sell(event)))));
  return sold;
}

test('all of a cancelled event goes back, each booking once, however often its run is broken off and by how many it is carried on', async () => {
  const event = await it.newEvent({ capacity: 1_000 });
  const sold = await sellMany(event, 250);
  assert.equal((await begin(event)).body['reason'], 'event_not_cancelled');
  await cancel(event);
  const run = await begin(event, undefined, 'run');
  assert.equal(run.status, 201, JSON.stringify(run.body));
  assert.equal((await begin(event, undefined, 'run')).headers['idempotency-replayed'], 'true');
  assert.equal((await begin(event, { choice: 'refund_all', keep_fees: true }, 'run')).status, 422);
  assert.equal((await begin(event)).body['reason'], 'run_under_way');
  // Broken off behind a page, over and over: the signal throws where a crash would end it.
  let kills = 0;
  for (let turns = 0; turns < 6; turns += 1) {
    await it.rows("update payments.refund_runs set lease_until = '-infinity' where event_id = $1", [event.eventId]);
    await workOnRun(it.payments, AbortSignal.abort(new Error('killed'))).catch((error: unknown) => {
      assert.match(String(error), /killed/);
      kills += 1;
    });
  }
  assert.ok(kills >= 4, `${kills}`);
  // As after a crash behind the lane's commit: what was done is not written in the rows.
  await it.rows("update payments.refund_run_bookings set state = 'pending' where event_id = $1", [event.eventId]);
  await Promise.all([work(event), work(event)]);
  const { state, bookings } = await progress(event, run);
  assert.deepEqual([state, bookings['refunded'], bookings['failed']], ['done', 250, 0]);
  await it.drain();
  for (const one of sold) assert.equal(it.provider.intents.get(one.ref)?.refundedMinor, 2_000);
  assert.equal([...it.provider.refunds.values()].filter(({ intentRef }) => sold.some(({ ref }) => ref === intentRef)).length, 250);
  assert.deepEqual(await it.balances(event.eventId), { owed: 0, provider: 0, sales: 0 });
});

test('what was paid at a desk is not paid out by itself; what is disputed or given back before is told', async () => {
  const event = await it.newEvent();
  const cash = await it.begin(event);
  const asked = {
    eventId: cash.eventId,
    bookingId: cash.bookingId,
    actor: { kind: 'organizer' },
    idempotencyKey: 'cash',
    tender: 'cash',
  } as const;
  assert.equal((await confirmBooking(it.sales, asked)).kind, 'booking');
  const disputed = await it.sell(event);
  await it.tell(it.provider.notify('dispute.opened', disputed.ref, { dispute: { ref: 'dp', amountMinor: 2_000 } }));
  const before = await it.sell(event);
  await cancel(event);
  const run = await begin(event);
  await it.organize('POST', event, `/bookings/${before.id}/refund`);
  await work(event);
  assert.deepEqual((await progress(event, run)).bookings, { asked: 0, kept: 0, pending: 0, refunded: 0, failed: 2 });
  const { body } = await it.organize('GET', event, `/refund-runs/${String(run.body['id'])}/bookings?state=failed`);
  const failed = body['data'] as { booking_id: string; detail: string }[];
  assert.deepEqual(Object.fromEntries(failed.map(({ booking_id: id, detail }) => [id, detail])), {
    [cash.id]: 'not_by_card',
    [disputed.id]: 'disputed',
  });
});

test('buyers keep or give back until the time is over; then the default holds for the others', async () => {
  for (const byDefault of ['keep', 'refund'] as const) {
    const event = await it.newEvent();
    const [keeps, gives, silent] = [await it.sell(event), await it.sell(event), await it.sell(event)];
    const run = await begin(event, { choice: 'keep_or_refund', decide_until: inAnHour(), default: byDefault });
    assert.equal(run.status, 201, JSON.stringify(run.body));
    await work(event);
    const choose = ({ id, token }: Sold, choice: string) => it.send('PUT', `/bookings/${id}/refund-choice`, { token, body: { choice } });
    assert.deepEqual((await choose(keeps, 'keep')).body['state'], 'kept');
    assert.equal((await choose(gives, 'keep')).status, 200, 'whoever keeps may think again');
    assert.equal((await choose(gives, 'refund')).body['state'], 'pending');
    assert.equal((await choose(gives, 'keep')).body['code'], 'PAYMENTS_CHOICE_OVER');
    assert.equal((await choose({ ...gives, token: keeps.token }, 'keep')).status, 404);
    await work(event);
    assert.equal((await it.booking(gives)).state, 'refunded');
    assert.deepEqual((await progress(event, run)).bookings, { asked: 1, kept: 1, pending: 0, refunded: 1, failed: 0 });
    await it.rows("update payments.refund_runs set decide_until = now() - interval '10 seconds' where event_id = $1", [event.eventId]);
    assert.equal((await choose(silent, 'refund')).body['code'], 'PAYMENTS_CHOICE_OVER');
    await work(event);
    assert.equal((await progress(event, run)).state, 'done');
    assert.equal((await it.booking(silent)).state, byDefault === 'keep' ? 'confirmed' : 'refunded');
    assert.equal((await it.booking(keeps)).state, 'confirmed');
    assert.equal((await choose(silent, byDefault)).status, 200, 'what is so may be said again');
    assert.equal((await it.organize('GET', event, '/refund-runs')).status, 200);
  }
});
