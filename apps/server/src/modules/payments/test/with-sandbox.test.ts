import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { temporaryFolder } from '../../../../../../test/support/temporary-folder.ts';
import { buildSandboxClient, startSandbox, type Sandbox } from '../../../engines/payments/index.ts';
import { systemClock } from '../../../platform/clock/index.ts';
import { auditMoney, reconcile } from '../index.ts';
import { openPayments, type Made, type PaymentsUnderTest, type Sold } from './support.ts';

/** The sandbox as a program of its own, over real HTTP: its webhooks come to a real port. */
let sandbox: Sandbox;
let it: PaymentsUnderTest;
let event: Made;
const folder = temporaryFolder();
const access = { apiKey: 'a key of this test', account: 'acct_test', secrets: ['a secret of this test'] };

before(async () => {
  sandbox = await startSandbox({
    ...access,
    mode: 'test',
    port: null,
    journalFolder: join(folder.path, 'sandbox'),
    webhookUrls: null,
    clock: systemClock,
    random: () => 0.5,
    log: () => {},
    durable: false,
    timePercent: 1,
  });
  it = await openPayments(buildSandboxClient({ ...access, url: sandbox.url }));
  const url = await it.http.listen({ host: '127.0.0.1', port: 0 });
  sandbox.setWebhookUrls([`${url}/webhooks/payments`]);
  it.payments.start();
  event = await it.newEvent({ capacity: 1_000 });
});

after(async () => {
  await it.close();
  await sandbox.close();
  folder.remove();
});

type Payment = { intent: { client_secret: string } | null };

/** A person pays what a booking costs, at the sandbox. */
async function payBy(card: string): Promise<Sold> {
  const sold = await it.begin(event);
  const view = await it.send('POST', `/bookings/${sold.id}/payment`, { token: sold.token });
  const { client_secret: secret } = (view.body as Payment).intent!;
  const ref = (await it.booking(sold)).paymentRef ?? '';
  await post(ref, 'pay', { client_secret: secret, card, holder_name: 'Ada 王小明 ‏محمد' });
  if (card === 'asks') await post(ref, 'action', { client_secret: secret, outcome: 'approve' });
  return { ...sold, ref };
}

async function post(ref: string, what: string, body: object): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${sandbox.url}/v1/intents/${ref}/${what}`, { method: 'POST', headers, body: JSON.stringify(body) });
  assert.ok(answer.status < 500, await answer.text());
}

/** Waits for what comes by itself. */
async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  for (const endMs = performance.now() + 30_000; performance.now() < endMs; await sleep(25)) if (await isSo()) return;
  assert.fail(what);
}

const becomes = (sold: Sold, state: string) =>
  until(`${sold.id} does not become ${state}`, async () => (await it.booking(sold)).state === state);

for (const [card, state] of [
  ['success', 'confirmed'],
  ['asks', 'confirmed'],
  ['processing', 'confirmed'],
  ['webhook_thrice', 'confirmed'],
  ['failed_after_success', 'confirmed'],
  ['webhook_late', 'confirmed'],
  ['declined', 'awaiting_payment'],
  ['asks_never', 'awaiting_payment'],
  ['partial', 'refunded'],
  ['too_much', 'refunded'],
  ['wrong_currency', 'refunded'],
  ['dispute_won', 'confirmed'],
  ['dispute_lost', 'cancelled'],
] as const) {
  test(`whoever pays by the card ${card} has a booking that is ${state}`, async () => {
    const sold = await payBy(card);
    await becomes(sold, state);
  });
}

test('a notification that never comes is made good by asking', async () => {
  const sold = await payBy('webhook_lost');
  await until('nobody asks', async () => {
    const { body } = await it.send('GET', `/bookings/${sold.id}/payment`, { token: sold.token });
    return (body['booking'] as { state: string }).state === 'confirmed';
  });
});

test('refunds are done by themselves, also those that take their time; what fails stays owed', async () => {
  const owedOf = async ({ bookingId }: Sold): Promise<string> => {
    const rows = await it.rows<{ state: string }>(
      `select case when done_at is not null then 'done' when failed_at is not null then 'failed' else 'open' end as state
       from payments.owed where booking_id = $1`,
      [bookingId],
    );
    return rows[0]?.state ?? 'none';
  };
  for (const [card, end] of [
    ['success', 'done'],
    ['refund_pending', 'done'],
    ['refund_before_payment', 'done'],
    ['refund_fails', 'failed'],
    ['refund_fails_late', 'failed'],
  ] as const) {
    const sold = await payBy(card);
    await becomes(sold, 'confirmed');
    assert.equal((await it.organize('POST', event, `/bookings/${sold.id}/refund`)).status, 200);
    await until(`${card} does not end as ${end}`, async () => (await owedOf(sold)) === end);
  }
});

test('an outage of the provider leaves everything as it was, and what is owed is done after it', async () => {
  const sold = await payBy('success');
  await becomes(sold, 'confirmed');
  sandbox.setFault('error_500', 60_000);
  const held = await it.tryBegin(event);
  assert.deepEqual([held.status, held.body['code']], [503, 'PAYMENTS_UNAVAILABLE']);
  assert.equal((await it.organize('POST', event, `/bookings/${sold.id}/refund`)).status, 200);
  sandbox.setFault('none', 0);
  await until('the refund is not done', async () => {
    await it.rows('update payments.owed set next_try_at = now() where done_at is null and failed_at is null and booking_id = $1', [
      sold.bookingId,
    ]);
    return (await it.rows('select 1 from payments.owed where booking_id = $1 and done_at is not null', [sold.bookingId])).length === 1;
  });
});

test('in the end the money adds up, and the provider says the same', async () => {
  const { db, sales, clock } = it.payments;
  await until('notifications are still to come', async () => sandbox.pendingNotifications() === 0);
  await until('something is still owed', async () => {
    return (await it.rows('select 1 from payments.owed where done_at is null and failed_at is null')).length === 0;
  });
  const report = await auditMoney({ db, sales, clock }, event.eventId);
  assert.deepEqual([report.verdict, report.problems], ['clean', []]);
  const provider = buildSandboxClient({ ...access, url: sandbox.url });
  const { differences, theirs } = await reconcile({ db, clock, provider }, { graceMs: 0 });
  provider.close();
  assert.deepEqual(differences, []);
  assert.ok(theirs > 15);
});
