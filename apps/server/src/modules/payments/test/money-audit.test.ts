import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { confirmBooking } from '../../sales/index.ts';
import { auditMoney, presentMoneyAudit } from '../index.ts';
import { openPayments, type Made, type PaymentsUnderTest, type Sold } from './support.ts';

let it: PaymentsUnderTest;

before(async () => {
  it = await openPayments();
});

after(() => it.close());

type Audit = { verdict: string; problems: { code: string; subject_id: string }[]; transfers_checked: number };

/** Without the pause in which an audit is given to whoever asks next. */
async function audit(event: Made): Promise<Audit> {
  const { db, sales, clock } = it.payments;
  return presentMoneyAudit(await auditMoney({ db, sales, clock }, event.eventId));
}

/** An event whose money did everything that it can. */
async function busyEvent(): Promise<{ event: Made; sold: Sold[] }> {
  const event = await it.newEvent();
  const sold = [await it.sell(event, 2), await it.sell(event), await it.sell(event), await it.sell(event)];
  const wrong = await it.begin(event);
  await it.tell(it.provider.pay(wrong.ref, { amountMinor: 1_500 }));
  const foreign = await it.begin(event);
  await it.tell(it.provider.pay(foreign.ref, { currency: 'USD' }));
  await it.organize('POST', event, `/bookings/${sold[0]?.id}/refund`, { body: { tickets: [1] } });
  await it.drain();
  for (const [at, type] of [[1, 'dispute.opened'] as const, [2, 'dispute.opened'] as const, [2, 'dispute.won'] as const]) {
    const { ref } = sold[at]!;
    await it.tell(it.provider.notify(type, ref, { dispute: { ref: `dp_${ref}`, amountMinor: 2_000 } }));
  }
  const lost = sold[3]!;
  await it.tell(it.provider.notify('dispute.lost', lost.ref, { dispute: { ref: `dp_${lost.ref}`, amountMinor: 2_000 } }));
  const cash = await it.begin(event);
  const { eventId, bookingId } = cash;
  const asked = { eventId, bookingId, actor: { kind: 'organizer' }, idempotencyKey: bookingId, tender: 'cash' } as const;
  assert.equal((await confirmBooking(it.sales, asked)).kind, 'booking');
  await it.organize('POST', event, `/bookings/${sold[0]?.id}/refund`, { body: { amount_minor: 700 } });
  return { event, sold };
}

test('whatever money did, it adds up; for the organizer with what it adds up to', async () => {
  const { event } = await busyEvent();
  const report = await audit(event);
  assert.deepEqual([report.verdict, report.problems], ['clean', []]);
  assert.ok(report.transfers_checked > 10);
  const own = await it.organize('GET', event, '/money-audit');
  assert.equal(own.body['verdict'], 'clean');
  assert.ok((own.body['balances'] as unknown[]).length > 4);
  const open = await it.send('GET', `/events/${String(own.body['event_id'])}/money-audit`);
  assert.deepEqual([open.status, open.body['verdict'], open.body['balances']], [200, 'clean', undefined]);
});

/** What may go wrong, and what an audit must say of it. */
const HARMS: readonly [string, string][] = [
  ['delete from payments.transfers where event_id = $1 and seq = 3', 'transfer_gap'],
  ['update payments.transfers set amount_minor = amount_minor + 1 where event_id = $1 and seq = 1', 'balance_drift'],
  ["update payments.balances set debit_minor = debit_minor + 1 where event_id = $1 and account = 'provider'", 'balance_drift'],
  ["delete from payments.balances where event_id = $1 and account = 'disputed'", 'balance_drift'],
  ["update payments.owed set amount_minor = amount_minor + 1 where event_id = $1 and kind = 'refund' and done_at is null", 'owed_drift'],
  ["delete from payments.owed where event_id = $1 and kind = 'refund' and done_at is null", 'owed_drift'],
  ["update sales.bookings set paid_minor = paid_minor + 1 where event_id = $1 and state = 'confirmed'", 'booking_paid'],
  [
    "update sales.bookings set refunded_minor = refunded_minor - 1 where event_id = $1 and state = 'partially_refunded'",
    'booking_refunded',
  ],
  ["update sales.bookings set disputed_minor = 5 where event_id = $1 and dispute = 'opened'", 'booking_disputed'],
  ["delete from sales.bookings where event_id = $1 and state = 'partially_refunded'", 'booking_missing'],
];

test('every harm is found and called by its name', async () => {
  for (const [harm, code] of HARMS) {
    const { event } = await busyEvent();
    await it.rows(harm, [event.eventId]);
    const { verdict, problems } = await audit(event);
    assert.equal(verdict, 'broken', harm);
    assert.ok(
      problems.some((problem) => problem.code === code),
      `${harm}: ${JSON.stringify(problems)}`,
    );
  }
});

test('a booking that was sold without a trace of money is found by its fact', async () => {
  const { event, sold } = await busyEvent();
  const { bookingId } = sold[2]!;
  await it.rows('delete from payments.transfers where event_id = $1 and booking_id = $2', [event.eventId, bookingId]);
  const { problems } = await audit(event);
  assert.ok(problems.some(({ code, subject_id: id }) => code === 'booking_paid' && id === sold[2]?.id));
  await it.rows('update sales.bookings set paid_minor = 0 where event_id = $1 and id = $2', [event.eventId, bookingId]);
  assert.ok((await audit(event)).problems.some(({ code, subject_id: id }) => code === 'booking_unpaid' && id === sold[2]?.id));
});
