import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { formatCellId, parseId } from '../../apps/server/src/platform/ids/index.ts';
import { countOf } from '../support/counts.ts';
import { checkAudit } from './support/check-audit.ts';
import { insist } from './support/money-path/buyer.ts';
import { checkMoneyAudit, checkReconcile } from './support/money-path/check-product.ts';
import { inParallel } from './support/money-path/in-parallel.ts';
import { listMovementsOf } from './support/money-path/list-movements.ts';
import { assertMoneySound } from './support/money-path/money-breaches.ts';
import { payFor, sellOne } from './support/money-path/sell-one.ts';
import { openStage } from './support/money-path/stage.ts';
import { isBooked, send, type ShopEvent, type Wish } from './support/shop.ts';

/** The provider is away for a while in the middle of a rush: nobody feels it but those who want to pay, and they are told when to come again. */
const AWAY_SECONDS = 30;
const BUYERS_AT_ONCE = 4;
const THINK_MS = 100;
const QUIET_MS = 1_500;
const PRICE_MINOR = 2_000;
/** What was sold before, and is given back while the provider is away. */
const SOLD_BEFORE = 10;
/** Our own deadline for a call is eight seconds: a hold that waited for the provider would take as long. */
const HOLD_MAX_MS = 6_000;

type Held = { wish: Wish; bookingId: string; tookMs: number };
type Answer = { status: number; code: unknown; retryAfter: string | null; tookMs: number };

const stage = await openStage();
after(() => stage.close());
const awayMs = countOf('seconds of a provider that is away', AWAY_SECONDS) * 1_000;

for (const kind of ['down', 'error_500', 'hang'] as const) {
  test(`the provider is away (${kind}) for ${awayMs / 1000} s of a rush`, { timeout: 600_000 }, async (context) => {
    await stage.prepare(1);
    const [url = ''] = stage.urls();
    const event = await stage.shop.makeEvent(url, { capacity: 100_000, priceMinor: PRICE_MINOR, holdSeconds: 3_600 });
    const eventId = parseId('evt', event.id) ?? '';
    await inParallel(4, SOLD_BEFORE, () => sellOne(stage, event));
    await untilConfirmed(eventId, SOLD_BEFORE);
    const before = await rush(url, event, QUIET_MS);
    assert.ok(before.answers.every(({ status }) => status === 200));
    await setFault(kind);
    await giveBack(url, event, eventId);
    const during = await rush(url, event, awayMs);
    await setFault('none');

    for (const answer of during.answers) assert.ok(isToldToComeAgain(answer) || answer.status === 200, JSON.stringify(answer));
    assert.ok(during.answers.some(isToldToComeAgain), 'somebody was told to come again');
    for (const { tookMs } of during.held)
      assert.ok(tookMs < HOLD_MAX_MS, `a hold took ${tookMs.toFixed(0)} ms while the provider was away`);
    const held = [...before.held, ...during.held];
    await inParallel(8, held.length, async (at) => {
      const { wish, bookingId } = held[at] ?? assert.fail();
      await payFor(stage, wish, bookingId);
    });
    await untilConfirmed(eventId, held.length);
    await checkAll(url, event, { paid: held.length + SOLD_BEFORE, refunded: SOLD_BEFORE });
    context.diagnostic(`before: ${describe(before.held)}`);
    context.diagnostic(`away: ${describe(during.held)}; payments: ${describeAnswers(during.answers)}`);
  });
}

/** Buyers hold one after the other, and ask to pay without waiting for the answer before they think on. */
async function rush(url: string, event: ShopEvent, forMs: number): Promise<{ held: Held[]; answers: Answer[] }> {
  const endMs = performance.now() + forMs;
  const held: Held[] = [];
  const asked: Promise<Answer>[] = [];
  const buyInTurn = async (): Promise<void> => {
    while (performance.now() < endMs) {
      const wish = stage.shop.newWish(event);
      const startMs = performance.now();
      const reply = await stage.shop.place(url, wish);
      assert.ok(isBooked(reply), JSON.stringify(reply));
      const bookingId = String(reply.body['id']);
      held.push({ wish, bookingId, tookMs: performance.now() - startMs });
      asked.push(askToPay(url, wish, bookingId));
      await pause(THINK_MS);
    }
  };
  await Promise.all(Array.from({ length: BUYERS_AT_ONCE }, buyInTurn));
  return { held, answers: await Promise.all(asked) };
}

async function askToPay(url: string, { token, key }: Wish, bookingId: string): Promise<Answer> {
  const startMs = performance.now();
  const headers = { authorization: `Bearer ${token}`, 'idempotency-key': `${key}-pay` };
  const response = await fetch(`${url}/api/v1/bookings/${bookingId}/payment`, { method: 'POST', headers });
  const { code } = (await response.json()) as { code?: unknown };
  return { status: response.status, code, retryAfter: response.headers.get('retry-after'), tookMs: performance.now() - startMs };
}

function isToldToComeAgain({ status, code, retryAfter }: Answer): boolean {
  return status === 503 && code === 'PAYMENTS_UNAVAILABLE' && Number(retryAfter) >= 1;
}

/** Money that is owed while nobody can be asked for it. */
async function giveBack(url: string, { organizationId, id }: ShopEvent, eventId: string): Promise<void> {
  const rows = await stage.db.query<{ id: string }>(`select id from sales.bookings where event_id = $1 and state = 'confirmed'`, [eventId]);
  assert.equal(rows.length, SOLD_BEFORE);
  for (const row of rows) {
    const path = `/api/v1/organizations/${organizationId}/events/${id}/bookings/${formatCellId('bkg', eventId, row.id)}/refund`;
    const reply = await insist(() => [url], path, { token: stage.shop.organizerToken, body: {} });
    assert.equal(reply.status, 200, JSON.stringify(reply.body));
  }
}

async function setFault(kind: 'down' | 'error_500' | 'hang' | 'none'): Promise<void> {
  const reply = await send(`${stage.sandboxUrl}/v1/faults`, { token: stage.providerKey, key: kind, body: { kind, ms: 600_000 } });
  assert.equal(reply?.status, 200, JSON.stringify(reply?.body));
}

async function untilConfirmed(eventId: string, count: number): Promise<void> {
  const endMs = performance.now() + 120_000;
  for (;;) {
    const [row] = await stage.db.query<{ confirmed: number; open: number }>(
      `select (select count(*)::int from sales.bookings where event_id = $1 and state = 'confirmed') as confirmed,
         (select count(*)::int from payments.owed where event_id = $1 and done_at is null) as open`,
      [eventId],
    );
    if (row?.confirmed === count && row.open === 0) return;
    assert.ok(performance.now() < endMs, `${row?.confirmed} of ${count} are confirmed, ${row?.open} owed`);
    await pause(100);
  }
}

async function checkAll(url: string, event: ShopEvent, counts: { paid: number; refunded: number }): Promise<void> {
  const eventId = parseId('evt', event.id) ?? '';
  await assertMoneySound(stage.db, eventId);
  const movements = await listMovementsOf(stage.provider, eventId);
  const bookingsOf = (kind: string): string[] => movements.filter((one) => one.kind === kind).map(({ bookingId }) => bookingId);
  for (const [kind, count] of [['payment', counts.paid] as const, ['refund', counts.refunded] as const]) {
    assert.deepEqual([bookingsOf(kind).length, new Set(bookingsOf(kind)).size], [count, count], kind);
  }
  await checkAudit(url, stage.databaseUrl, event);
  await checkMoneyAudit(url, event);
  await checkReconcile(stage);
}

function describe(held: readonly Held[]): string {
  const sorted = held.map(({ tookMs }) => tookMs).toSorted((a, b) => a - b);
  const at = (share: number): string => (sorted[Math.floor(sorted.length * share)] ?? Number.NaN).toFixed(1);
  return `${held.length} holds, p50 ${at(0.5)}, p99 ${at(0.99)} ms`;
}

function describeAnswers(answers: readonly Answer[]): string {
  const again = answers.filter(isToldToComeAgain);
  const slowest = Math.max(...answers.map(({ tookMs }) => tookMs));
  return `${answers.length - again.length} answered 200, ${again.length} told to come again, the slowest after ${(slowest / 1000).toFixed(1)} s`;
}
