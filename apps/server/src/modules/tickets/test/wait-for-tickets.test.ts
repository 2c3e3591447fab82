import assert from 'node:assert/strict';
import { after, before, test, type TestContext } from 'node:test';
import { openShop, type Json, type Shop, type Show } from '../papers/test/support.ts';

let shop: Shop;
let show: Show;
let isClosed = false;
before(async () => {
  shop = await openShop();
  show = await shop.newShow();
});
after(async () => {
  if (!isClosed) await shop.close();
});

type Waited = { status: number; tickets: unknown[]; tookMs: number };

async function waitFor(token: string, bookingId: string, seconds: number): Promise<Waited> {
  const beganMs = performance.now();
  const answer = await shop.fetch(`/bookings/${bookingId}/tickets?wait_seconds=${seconds}`, token);
  const body = (await answer.json()) as Json;
  return { status: answer.status, tickets: (body['data'] as unknown[] | undefined) ?? [], tookMs: performance.now() - beganMs };
}

test('who waits has the tickets as soon as the payment has come in', async (context: TestContext) => {
  const token = await shop.newBuyer();
  const bookingId = await shop.hold(token, show, [2]);
  const waiting = waitFor(token, bookingId, 20);
  await shop.pay(token, bookingId);
  const paidMs = performance.now();
  const { status, tickets } = await waiting;
  const tookMs = performance.now() - paidMs;
  assert.deepEqual([status, tickets.length], [200, 2]);
  context.diagnostic(`${tookMs.toFixed(0)} ms after the booking was seen to be confirmed`);
  assert.ok(tookMs < 5_000, `${tookMs} ms`);
});

test('who waits for nothing is answered when the time is over, and others at once', async () => {
  const token = await shop.newBuyer();
  const bookingId = await shop.hold(token, show, [1]);
  const waited = await waitFor(token, bookingId, 1);
  assert.deepEqual([waited.status, waited.tickets], [200, []]);
  assert.ok(waited.tookMs >= 950, `${waited.tookMs} ms`);
  const stranger = await waitFor(await shop.newBuyer(), bookingId, 20);
  assert.equal(stranger.status, 404);
  await shop.ask('POST', `/bookings/${bookingId}/release`, token, {});
  const released = await waitFor(token, bookingId, 20);
  assert.deepEqual([released.status, released.tickets], [200, []]);
  assert.ok(Math.max(stranger.tookMs, released.tookMs) < 10_000, 'neither was kept waiting');
});

test('a server that closes keeps nobody waiting', async () => {
  const token = await shop.newBuyer();
  const bookingId = await shop.hold(token, show, [1]);
  const waiting = waitFor(token, bookingId, 20);
  await waitFor(token, bookingId, 1);
  isClosed = true;
  await shop.close();
  const { status, tickets, tookMs } = await waiting;
  assert.deepEqual([status, tickets], [200, []]);
  assert.ok(tookMs < 15_000, `${tookMs} ms`);
});
