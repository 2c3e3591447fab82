import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { ProviderRefused, type Intent, type IntentOrder, type Movement, type PaymentProvider } from '../index.ts';
import type { Listener } from './listener.ts';

/** What the suite needs of an adapter of the contract: the provider, and a buyer and a webhook at it. */
export type ProviderStage = {
  provider: PaymentProvider;
  listener: Listener;
  order(fields?: Partial<IntentOrder>): IntentOrder;
  /** A buyer pays: successfully, with a card that is declined, or with one that the bank charges back. */
  pay(intent: Intent, how: 'success' | 'declined' | 'charged_back'): Promise<void>;
};

/** What every adapter of the contract keeps. Run it against the real thing, over the wire. */
export function testProvider(name: string, open: (t: TestContext) => Promise<ProviderStage>): void {
  const refused = (code: string) => (error: unknown) => error instanceof ProviderRefused && error.code === code;

  test(`${name}: a key answers the same intent for ever, also to fifty who ask at once`, async (t) => {
    const { provider, order } = await open(t);
    const wanted = order();
    const [first, ...others] = await Promise.all(Array.from({ length: 50 }, () => provider.createIntent(wanted)));
    assert.ok(first !== undefined);
    for (const other of others) assert.deepEqual(other, first);
    assert.deepEqual(
      { ...first, ref: '', clientSecret: '', payUrl: '' },
      {
        ...{ ref: '', clientSecret: '', payUrl: '', state: 'open', amountMinor: wanted.amountMinor, currency: wanted.currency },
        ...{ receivedMinor: 0, refundedMinor: 0, disputedMinor: 0, declineCode: null },
        ...{ eventId: wanted.eventId, bookingId: wanted.bookingId },
      },
    );
    assert.deepEqual(await provider.readIntent(first.ref), first);
    assert.notEqual((await provider.createIntent(order())).ref, first.ref);
  });

  test(`${name}: another payload under a key is refused and changes nothing`, async (t) => {
    const { provider, order } = await open(t);
    const wanted = order();
    const first = await provider.createIntent(wanted);
    const others: Partial<IntentOrder>[] = [
      { amountMinor: 1 },
      { currency: 'USD' },
      { eventId: 'x' },
      { bookingId: 'x' },
      { description: 'x' },
    ];
    for (const other of others) await assert.rejects(provider.createIntent({ ...wanted, ...other }), refused('key_reused'));
    assert.deepEqual(await provider.createIntent(wanted), first);
  });

  test(`${name}: what is not there is null, or refused`, async (t) => {
    const { provider, order } = await open(t);
    for (const ref of ['nothing', '../intents', '%00', 'a/b']) {
      assert.equal(await provider.readIntent(ref), null);
      assert.equal(await provider.readRefund(ref), null);
      await assert.rejects(provider.cancelIntent(ref), ProviderRefused);
      await assert.rejects(provider.refund({ key: order().key, ref, amountMinor: 1, reason: 'x' }), ProviderRefused);
    }
  });

  test(`${name}: a payment is told, signed, and read; paid is final`, async (t) => {
    const { provider, listener, order, pay } = await open(t);
    const intent = await provider.createIntent(order());
    await pay(intent, 'declined');
    await pay(intent, 'success');
    const posted = await listener.until((all) => all.some((one) => one.type === 'intent.succeeded'));
    assert.deepEqual(
      posted.map((one) => one.type),
      ['intent.failed', 'intent.succeeded'],
    );
    for (const { body, signature, createdMs } of posted) {
      const parsed = provider.parseNotification(body, signature, createdMs);
      assert.equal(parsed.kind, 'notification');
      assert.equal(parsed.kind === 'notification' && parsed.notification.intent.bookingId, intent.bookingId);
      assert.deepEqual(provider.parseNotification(body, undefined, createdMs), { kind: 'refused', reason: 'unsigned' });
    }
    const paid = await provider.readIntent(intent.ref);
    assert.deepEqual(paid, { ...intent, state: 'succeeded', receivedMinor: intent.amountMinor });
    assert.deepEqual(await provider.cancelIntent(intent.ref), { kind: 'already_paid', intent: paid });
  });

  test(`${name}: a cancelled intent stays cancelled, however often and whatever is paid`, async (t) => {
    const { provider, order, pay } = await open(t);
    const intent = await provider.createIntent(order());
    const first = await provider.cancelIntent(intent.ref);
    assert.deepEqual(first, { kind: 'cancelled', intent: { ...intent, state: 'cancelled' } });
    await pay(intent, 'success');
    assert.deepEqual(await provider.cancelIntent(intent.ref), first);
    await assert.rejects(provider.refund({ key: order().key, ref: intent.ref, amountMinor: 1, reason: 'x' }), refused('not_paid'));
  });

  test(`${name}: refunds: a key is one refund, and no more goes back than came`, async (t) => {
    const { provider, order, pay } = await open(t);
    const intent = await provider.createIntent(order({ amountMinor: 1_000 }));
    await pay(intent, 'success');
    const refund = { key: order().key, ref: intent.ref, amountMinor: 600, reason: 'ill' };
    const [first, ...others] = await Promise.all(Array.from({ length: 20 }, () => provider.refund(refund)));
    assert.ok(first !== undefined);
    for (const other of others) assert.deepEqual(other, first);
    assert.deepEqual(
      { ...first, ref: '' },
      { ref: '', key: refund.key, intentRef: intent.ref, state: first.state, amountMinor: 600, currency: 'EUR' },
    );
    assert.equal((await provider.readRefund(first.ref))?.amountMinor, 600);
    await assert.rejects(provider.refund({ ...refund, amountMinor: 500 }), refused('key_reused'));
    await assert.rejects(provider.refund({ ...refund, key: order().key, amountMinor: 401 }), refused('refund_too_high'));
    await provider.refund({ ...refund, key: order().key, amountMinor: 400 });
    await assert.rejects(provider.refund({ ...refund, key: order().key, amountMinor: 1 }), refused('refund_too_high'));
    assert.equal((await provider.readIntent(intent.ref))?.refundedMinor, 1_000);
  });

  test(`${name}: what the bank has taken back cannot be refunded`, async (t) => {
    const { provider, listener, order, pay } = await open(t);
    const intent = await provider.createIntent(order());
    await pay(intent, 'charged_back');
    await listener.until((all) => all.some((one) => one.type === 'dispute.opened'));
    await assert.rejects(provider.refund({ key: order().key, ref: intent.ref, amountMinor: 1, reason: 'x' }), refused('disputed'));
  });

  test(`${name}: movements are listed once each, in one order, whatever the pages`, async (t) => {
    const { provider, order, pay } = await open(t);
    for (let count = 0; count < 7; count += 1) {
      const intent = await provider.createIntent(order());
      await pay(intent, 'success');
      await provider.refund({ key: `refund of ${intent.bookingId}`, ref: intent.ref, amountMinor: 100 + count, reason: 'x' });
    }
    const whole = await listAll(provider, 1_000);
    assert.equal(whole.length, 14);
    assert.equal(whole.filter((one) => one.kind === 'refund' && one.refundKey === `refund of ${one.bookingId}`).length, 7);
    for (const limit of [1, 3, 14]) assert.deepEqual(await listAll(provider, limit), whole);
  });
}

async function listAll(provider: PaymentProvider, limit: number): Promise<Movement[]> {
  const found: Movement[] = [];
  for (let after: string | null = null; ; ) {
    const page = await provider.listMovements({ after, limit });
    assert.ok(page.movements.length <= limit);
    found.push(...page.movements);
    if (page.next === null) return found;
    after = page.next;
  }
}
