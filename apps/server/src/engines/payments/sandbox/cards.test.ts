import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { IntentStanding, Notification, NotificationType } from '../provider.ts';
import type { Posted } from '../test/listener.ts';
import { openStage, type Stage } from '../test/stage.ts';
import { CARD_TIMES } from './cards.ts';

let stage: Stage;
const cleanups: (() => unknown)[] = [];
before(async () => {
  stage = await openStage({ after: (undo) => cleanups.push(undo as () => unknown) });
});
after(async () => {
  for (const undo of cleanups) await undo();
});

/** What is told of one intent, once so many notifications have come. */
async function told(ref: string, count: number): Promise<Notification[]> {
  const mine = (posted: readonly Posted[]): Posted[] => posted.filter((one) => one.intentRef === ref);
  const posted = mine(await stage.listener.until((all) => mine(all).length >= count));
  return posted.map(({ body, signature, createdMs }) => {
    const parsed = stage.provider.parseNotification(body, signature, createdMs);
    assert.ok(parsed.kind === 'notification');
    return parsed.notification;
  });
}

function typesOf(notifications: readonly Notification[]): NotificationType[] {
  return notifications.map((notification) => notification.type);
}

async function standing(ref: string): Promise<IntentStanding> {
  const found = await stage.provider.readIntent(ref);
  assert.ok(found !== null);
  return found;
}

async function refund(ref: string, amountMinor: number) {
  return stage.provider.refund({ key: `refund of ${ref}`, ref, amountMinor, reason: 'ill' });
}

test('success: paid at once', async () => {
  const { ref } = await stage.tried('success');
  const [notification] = await told(ref, 1);
  assert.equal(notification?.type, 'intent.succeeded');
  const now = await standing(ref);
  assert.deepEqual([now.state, now.receivedMinor, now.currency], ['succeeded', 5_000, 'EUR']);
  assert.deepEqual(notification?.intent.receivedMinor, 5_000);
});

for (const [card, code] of [
  ['declined', 'generic_decline'],
  ['insufficient_funds', 'insufficient_funds'],
  ['expired', 'expired_card'],
]) {
  test(`${card}: declined with ${code}; another card pays`, async () => {
    const intent = await stage.tried(card ?? '');
    assert.deepEqual(typesOf(await told(intent.ref, 1)), ['intent.failed']);
    const now = await standing(intent.ref);
    assert.deepEqual([now.state, now.declineCode, now.receivedMinor], ['open', code, 0]);
    const again = await stage.payer(intent, 'pay', { card });
    assert.deepEqual([again.json['state'], again.json['decline_code']], ['open', code]);
    const paid = await stage.payer(intent, 'pay', { card: 'success' });
    assert.deepEqual([paid.json['state'], paid.json['decline_code']], ['succeeded', undefined]);
    assert.equal((await standing(intent.ref)).declineCode, null);
  });
}

test('asks: approve pays, reject declines, and both can be said twice', async () => {
  for (const [outcome, state, types] of [
    ['approve', 'succeeded', ['intent.requires_action', 'intent.succeeded']],
    ['reject', 'open', ['intent.requires_action', 'intent.failed']],
  ] as const) {
    const intent = await stage.provider.createIntent(stage.order());
    const asked = await stage.payer(intent, 'pay', { card: 'asks' });
    assert.equal(asked.json['state'], 'requires_action');
    assert.match(String(asked.json['action_url']), new RegExp(`^${stage.sandbox.url}/pay/${intent.ref}/action\\?secret=`));
    assert.deepEqual(await stage.payer(intent, 'pay', { card: 'asks' }), asked);
    assert.equal((await stage.payer(intent, 'action', { outcome: 'maybe' })).status, 400);
    for (let times = 0; times < 2; times += 1) assert.equal((await stage.payer(intent, 'action', { outcome })).json['state'], state);
    assert.deepEqual(typesOf(await told(intent.ref, 2)), types);
  }
});

test('asks_never: no answer is taken; another card pays, and it can be cancelled', async () => {
  const [intent, other] = [await stage.tried('asks_never'), await stage.tried('asks_never')];
  assert.equal((await stage.payer(intent, 'action', { outcome: 'approve' })).json['state'], 'requires_action');
  assert.equal((await stage.payer(intent, 'pay', { card: 'success' })).json['state'], 'succeeded');
  assert.equal((await stage.provider.cancelIntent(other.ref)).kind, 'cancelled');
  assert.equal((await stage.payer(other, 'action', { outcome: 'approve' })).status, 409);
});

for (const card of ['processing', 'late', 'very_late']) {
  test(`${card}: paid later`, async () => {
    const intent = await stage.tried(card);
    assert.deepEqual(typesOf(await told(intent.ref, 1)), ['intent.succeeded']);
    assert.equal((await standing(intent.ref)).state, 'succeeded');
  });
}

test('what is being processed cannot be cancelled, refunded or paid again', async (t) => {
  const slow = await openStage(t, { timePercent: 100 });
  for (const card of ['processing', 'late', 'very_late']) {
    const intent = await slow.tried(card);
    assert.equal((await slow.provider.cancelIntent(intent.ref)).kind, 'processing');
    assert.equal((await slow.payer(intent, 'pay', { card: 'success' })).json['state'], 'processing');
    await assert.rejects(slow.provider.refund({ key: card, ref: intent.ref, amountMinor: 1, reason: 'x' }), /Nothing has come/);
  }
  assert.deepEqual(
    Object.values(CARD_TIMES),
    [3_000, 30_000, 1_200_000, 10_000, 5_000, 5_000],
    'docs/sandbox.md and the meanings say these',
  );
});

test('webhook_lost: paid, and never told; a refund is told', async () => {
  const { ref } = await stage.tried('webhook_lost');
  assert.equal((await standing(ref)).state, 'succeeded');
  await refund(ref, 100);
  assert.deepEqual(typesOf(await told(ref, 1)), ['refund.succeeded']);
});

test('webhook_thrice: three posts under two ids, alike in everything else', async () => {
  const { ref } = await stage.tried('webhook_thrice');
  const [first, second, third] = await told(ref, 3);
  assert.equal(first?.id, second?.id);
  assert.notEqual(first?.id, third?.id);
  assert.deepEqual({ ...third, id: first?.id }, first);
});

test('failed_after_success: the success is told first, the failure that came before it last', async () => {
  const { ref } = await stage.tried('failed_after_success');
  const [success, failure] = await told(ref, 2);
  assert.deepEqual([success?.type, failure?.type, failure?.intent.state], ['intent.succeeded', 'intent.failed', 'open']);
  assert.ok((failure?.createdMs ?? 0) < (success?.createdMs ?? 0));
  assert.equal((await standing(ref)).state, 'succeeded');
});

test('refund_before_payment: a refund made meanwhile is told first', async (t) => {
  const slow = await openStage(t, { timePercent: 3 });
  const { ref } = await slow.tried('refund_before_payment');
  await slow.provider.refund({ key: 'r', ref, amountMinor: 100, reason: 'x' });
  const posted = await slow.listener.until((all) => all.length === 2);
  assert.deepEqual(
    posted.map((one) => one.type),
    ['refund.succeeded', 'intent.succeeded'],
  );
});

test('webhook_late: paid at once, told later', async (t) => {
  const slow = await openStage(t, { timePercent: 2 });
  const { ref } = await slow.tried('webhook_late');
  const paidMs = performance.now();
  assert.equal((await slow.provider.readIntent(ref))?.state, 'succeeded');
  assert.equal(slow.listener.posted.length, 0);
  await slow.listener.until((all) => all.length === 1);
  assert.ok(performance.now() - paidMs > 100);
});

for (const [card, receivedMinor, currency] of [
  ['partial', 2_500, 'EUR'],
  ['too_much', 5_001, 'EUR'],
  ['wrong_currency', 5_000, 'USD'],
] as const) {
  test(`${card}: ${receivedMinor} ${currency} come for 5000 EUR, and that much can go back`, async () => {
    const { ref } = await stage.tried(card);
    const [notification] = await told(ref, 1);
    const { amountMinor, ...came } = notification?.intent ?? (await standing(ref));
    assert.deepEqual([came.state, amountMinor, came.receivedMinor, came.currency], ['succeeded', 5_000, receivedMinor, currency]);
    await assert.rejects(stage.provider.refund({ key: `all of ${ref}`, ref, amountMinor: receivedMinor + 1, reason: 'x' }), /is left/);
    assert.equal((await refund(ref, receivedMinor)).currency, currency);
  });
}

for (const result of ['won', 'lost'] as const) {
  test(`dispute_${result}: charged back, then decided`, async () => {
    const { ref } = await stage.tried(`dispute_${result}`);
    const [, opened, decided] = await told(ref, 3);
    assert.deepEqual([opened?.type, decided?.type], ['dispute.opened', `dispute.${result}`]);
    assert.deepEqual(opened?.dispute, decided?.dispute);
    assert.deepEqual([opened?.dispute?.amountMinor, opened?.intent.disputedMinor], [5_000, 5_000]);
    const kinds = (await stage.provider.listMovements({ after: null, limit: 1_000 })).movements.filter((one) => one.intentRef === ref);
    assert.deepEqual(
      kinds.map((one) => one.kind),
      result === 'won' ? ['payment', 'dispute', 'dispute_won'] : ['payment', 'dispute'],
    );
    if (result === 'won') assert.equal((await refund(ref, 5_000)).state, 'succeeded');
    else await assert.rejects(refund(ref, 1), /bank has this money/);
    assert.equal((await standing(ref)).disputedMinor, result === 'won' ? 0 : 5_000);
  });
}

test('refund_fails: at once, for ever under its key, and its amount is left again', async () => {
  const { ref } = await stage.tried('refund_fails');
  const failed = await refund(ref, 5_000);
  assert.equal(failed.state, 'failed');
  assert.deepEqual(await refund(ref, 5_000), failed);
  assert.deepEqual(typesOf(await told(ref, 2)), ['intent.succeeded', 'refund.failed']);
  assert.equal((await standing(ref)).refundedMinor, 0);
  assert.equal((await stage.provider.refund({ key: `again ${ref}`, ref, amountMinor: 5_000, reason: 'x' })).state, 'failed');
});

for (const [card, state] of [
  ['refund_fails_late', 'failed'],
  ['refund_pending', 'succeeded'],
] as const) {
  test(`${card}: pending, then ${state}`, async (t) => {
    const slow = await openStage(t, { timePercent: 2 });
    const { ref } = await slow.tried(card);
    const order = { key: 'r', ref, amountMinor: 5_000, reason: 'x' };
    const pending = await slow.provider.refund(order);
    assert.equal(pending.state, 'pending');
    await assert.rejects(slow.provider.refund({ ...order, key: 'more', amountMinor: 1 }), /0 is left/);
    const posted = await slow.listener.until((all) => all.length === 2);
    assert.equal(posted[1]?.type, `refund.${state}`);
    assert.deepEqual(await slow.provider.refund(order), { ...pending, state });
    assert.equal((await slow.provider.readIntent(ref))?.refundedMinor, state === 'failed' ? 0 : 5_000);
  });
}
