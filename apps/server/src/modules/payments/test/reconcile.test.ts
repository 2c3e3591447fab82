import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { reconciliationJson, reconciliationLines } from '../../../commands/reconcile-report.ts';
import { readReconcileFlags } from '../../../commands/reconcile-flags.ts';
import { reconcile } from '../index.ts';
import { openPayments, type PaymentsUnderTest } from './support.ts';

let it: PaymentsUnderTest;

before(async () => {
  it = await openPayments();
});

after(() => it.close());

async function kinds(graceMs = 0): Promise<string[]> {
  const { db, clock } = it.payments;
  const { differences } = await reconcile({ db, clock, provider: it.provider }, { graceMs });
  return differences.map(({ kind, bookingId }) => `${kind} ${bookingId}`).sort();
}

test('both sides say the same of what was paid, given back, returned and disputed', async () => {
  const event = await it.newEvent();
  const [plain, refunded, disputed] = [await it.sell(event), await it.sell(event, 2), await it.sell(event)];
  assert.ok(plain);
  await it.organize('POST', event, `/bookings/${refunded.id}/refund`, { body: { tickets: [1] } });
  const wrong = await it.begin(event);
  await it.tell(it.provider.pay(wrong.ref, { amountMinor: 1 }));
  await it.drain();
  it.provider.move('dispute', { ref: 'dp', intentRef: disputed.ref, amountMinor: 2_000, currency: 'EUR' });
  await it.tell(it.provider.notify('dispute.opened', disputed.ref, { dispute: { ref: 'dp', amountMinor: 2_000 } }));
  assert.deepEqual(await kinds(), []);
});

test('what only one side knows, and what each says otherwise, is told', async () => {
  const event = await it.newEvent();
  const untold = await it.begin(event);
  it.provider.pay(untold.ref);
  const invented = await it.sell(event);
  it.provider.movements.splice(
    it.provider.movements.findIndex(({ ref }) => ref === invented.ref),
    1,
  );
  const differing = await it.sell(event);
  it.provider.movements.find(({ ref }) => ref === differing.ref)!.amountMinor = 1_999;
  const byHand = await it.sell(event);
  await it.provider.refund({ key: 'by hand', ref: byHand.ref, amountMinor: 2_000, reason: '' });
  const missing = await it.sell(event);
  await it.organize('POST', event, `/bookings/${missing.id}/refund`);
  await it.drain();
  it.provider.movements.splice(
    it.provider.movements.findIndex(({ kind, bookingId }) => kind === 'refund' && bookingId === missing.bookingId),
    1,
  );
  assert.deepEqual(
    await kinds(),
    [
      `payment_unknown_to_us ${untold.bookingId}`,
      `payment_unknown_to_provider ${invented.bookingId}`,
      `payment_differs ${differing.bookingId}`,
      `refund_unknown_to_us ${byHand.bookingId}`,
      `refund_missing ${missing.bookingId}`,
    ].sort(),
  );
  const { db, clock } = it.payments;
  const recent = await reconcile({ db, clock, provider: it.provider }, { graceMs: 600_000 });
  assert.deepEqual([recent.differences.length, recent.recent], [1, 4], 'only what nobody has written of for long is called a difference');
  const report = await reconcile({ db, clock, provider: it.provider }, { graceMs: 0 });
  assert.match(reconciliationLines(report).join('\n'), /payment_unknown_to_us bkg_\w{52}: ours 0, the provider's 2000 EUR/);
  assert.equal((JSON.parse(reconciliationJson(report)) as { verdict: string }).verdict, 'different');
});

test('flags are read, and what is wrong with them is said', () => {
  assert.deepEqual(readReconcileFlags([]), { kind: 'run', json: false, graceMinutes: 10 });
  assert.deepEqual(readReconcileFlags(['--json', '--grace', '0']), { kind: 'run', json: true, graceMinutes: 0 });
  assert.equal(readReconcileFlags(['-h']).kind, 'help');
  for (const wrong of [['--grace', 'x'], ['--grace', '9999'], ['--all'], ['now']]) assert.equal(readReconcileFlags(wrong).kind, 'wrong');
});
