import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { parseId } from '../../apps/server/src/platform/ids/index.ts';
import { countOf } from '../support/counts.ts';
import { checkAudit } from './support/check-audit.ts';
import { insist } from './support/money-path/buyer.ts';
import { checkMoneyAudit, checkReconcile } from './support/money-path/check-product.ts';
import { listMovementsOf } from './support/money-path/list-movements.ts';
import { assertMoneySound } from './support/money-path/money-breaches.ts';
import { inParallel } from './support/money-path/in-parallel.ts';
import { sellOne } from './support/money-path/sell-one.ts';
import { untilStruck } from './support/money-path/until-struck.ts';
import { openStage } from './support/money-path/stage.ts';
import type { ShopEvent } from './support/shop.ts';

/**
 * An event with thousands of paid bookings is cancelled, all of them are refunded by one run, and the server dies twice in the middle:
 * once when it has decided a page and does not know, once when the provider has given money back and the server does not know.
 */
const BOOKINGS = 5_000;
const PRICE_MINOR = 2_000;
/** So many a run decides at once. */
const PAGE = 100;
const AT_ONCE = 16;
const DONE_WITHIN_MS = 20 * 60_000;

const stage = await openStage();
after(() => stage.close());

const count = countOf('bookings of a mass refund', BOOKINGS);

test(`a mass refund of ${count} bookings, killed twice`, { timeout: 30 * 60_000 }, async (context) => {
  await stage.prepare(1);
  const [url = ''] = stage.urls();
  const event = await stage.shop.makeEvent(url, { capacity: count, priceMinor: PRICE_MINOR, holdSeconds: 1_800 });
  const eventId = parseId('evt', event.id) ?? '';
  await inParallel(AT_ONCE, count, () => sellOne(stage, event));
  await untilCount(eventId, `select count(*)::int as count from sales.bookings where event_id = $1 and state = 'confirmed'`, count);
  await organize('PATCH', `${pathOf(event)}/sale`, { state: 'cancelled' });

  const decided = stage.strikeAt(
    { wire: 'database', when: 'after', message: /lane_insert_owed/, number: Math.ceil(count / PAGE / 2) },
    'server',
    () => {},
  );
  const startMs = performance.now();
  const { id } = await organize('POST', `${pathOf(event)}/refund-runs`, { choice: 'refund_all' });
  await untilStruck(decided);
  const afterFirst = await countsOf(eventId);
  const number = Math.max(1, Math.floor(count / 3));
  const made = stage.strikeAt({ wire: 'provider', when: 'after', message: /^POST \/v1\/refunds$/, number }, 'server', () => {});
  await passLeases(eventId);
  await untilStruck(made);
  const afterSecond = await countsOf(eventId);
  await passLeases(eventId);
  await untilCount(eventId, 'select count(*)::int as count from payments.owed where event_id = $1 and done_at is not null', count);
  const run = await untilDone(`${pathOf(event)}/refund-runs/${String(id)}`);
  const tookMs = performance.now() - startMs;

  assert.deepEqual(run['bookings'], { asked: 0, kept: 0, pending: 0, refunded: count, failed: 0 });
  await checkEachOnce(eventId);
  await checkAudit(stage.urls()[0] ?? '', stage.databaseUrl, event);
  await checkMoneyAudit(stage.urls()[0] ?? '', event);
  await checkReconcile(stage);
  context.diagnostic(`killed when ${describe(afterFirst)}, and when ${describe(afterSecond)}`);
  context.diagnostic(
    `${count} bookings refunded once each, ${(tookMs / 1000).toFixed(1)} s from the order to the last, both restarts included`,
  );
});

/** At the provider by its movements, in the ledger by its transfers, and in what was owed. */
async function checkEachOnce(eventId: string): Promise<void> {
  const movements = await listMovementsOf(stage.provider, eventId);
  for (const kind of ['payment', 'refund']) {
    const moved = movements.filter((movement) => movement.kind === kind);
    assert.equal(moved.length, count, `${kind}s at the provider`);
    assert.equal(new Set(moved.map(({ bookingId }) => bookingId)).size, count, `bookings of ${kind}s at the provider`);
    assert.ok(moved.every(({ amountMinor }) => amountMinor === PRICE_MINOR));
  }
  assert.equal(movements.length, 2 * count);
  const rows = await stage.db.query<{ kind: string; rows: number; bookings: number; minor: number }>(
    `select kind, count(*)::int as rows, count(distinct booking_id)::int as bookings, sum(amount_minor)::float8 as minor
     from payments.transfers where event_id = $1 group by kind order by kind`,
    [eventId],
  );
  const each = { rows: count, bookings: count, minor: count * PRICE_MINOR };
  assert.deepEqual(
    rows,
    ['payment', 'refund', 'refund_done'].map((kind) => ({ kind, ...each })),
  );
  const [owed] = await stage.db.query(
    `select count(*)::int as rows, count(distinct booking_id)::int as bookings, sum(amount_minor)::float8 as minor
     from payments.owed where event_id = $1 and kind = 'refund' and done_at is not null`,
    [eventId],
  );
  assert.deepEqual(owed, each);
  await assertMoneySound(stage.db, eventId);
}

/** What the dead server had taken for itself is free at once: its leases of a quarter of a minute and of a minute are over. */
async function passLeases(eventId: string): Promise<void> {
  await stage.db.query(`update payments.refund_runs set lease_until = '-infinity' where event_id = $1`, [eventId]);
  await stage.db.query('update payments.owed set next_try_at = statement_timestamp() where event_id = $1 and done_at is null', [eventId]);
}

type Counts = { decided: number; done: number };

async function countsOf(eventId: string): Promise<Counts> {
  const [counts] = await stage.db.query<Counts>(
    'select count(*)::int as decided, count(done_at)::int as done from payments.owed where event_id = $1',
    [eventId],
  );
  return counts ?? { decided: 0, done: 0 };
}

function describe({ decided, done }: Counts): string {
  return `${decided} were decided and ${done} known to be done`;
}

async function untilCount(eventId: string, text: string, wanted: number): Promise<void> {
  const endMs = performance.now() + DONE_WITHIN_MS;
  for (;;) {
    const [row] = await stage.db.query<{ count: number }>(text, [eventId]);
    if (row?.count === wanted) return;
    assert.ok(performance.now() < endMs, `${row?.count} of ${wanted}: ${text}`);
    await pause(100);
  }
}

async function untilDone(path: string): Promise<Readonly<Record<string, unknown>>> {
  const endMs = performance.now() + DONE_WITHIN_MS;
  for (;;) {
    const run = await organize('GET', path);
    if (run['state'] === 'done') return run;
    assert.ok(performance.now() < endMs, JSON.stringify(run));
    await pause(100);
  }
}

function pathOf({ organizationId, id }: ShopEvent): string {
  return `/api/v1/organizations/${organizationId}/events/${id}`;
}

async function organize(method: 'GET' | 'POST' | 'PATCH', path: string, body?: unknown): Promise<Readonly<Record<string, unknown>>> {
  const reply = await insist(stage.urls, path, { method, token: stage.shop.organizerToken, body });
  assert.ok(reply.status === 200 || reply.status === 201, `${path}: ${reply.status} ${JSON.stringify(reply.body)}`);
  return reply.body;
}
