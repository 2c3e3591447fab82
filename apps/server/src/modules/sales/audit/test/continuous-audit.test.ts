import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createDatabase, type TestDatabase } from '../../../../../../../test/support/database.ts';
import { systemClock } from '../../../../platform/clock/index.ts';
import { openDb, type Db } from '../../../../platform/db/index.ts';
import { buildLog, Exposition } from '../../../../platform/telemetry/index.ts';
import { startContinuousAudit } from '../continuous-audit.ts';
import { auditEvent } from '../audit-event.ts';
import { dueEvents } from '../due-events.ts';
import { createRandomSale } from './random-sale.ts';

let database: TestDatabase;
let db: Db;

before(async () => {
  database = await createDatabase();
  db = openDb({ url: database.url, poolMax: 4, onError: () => undefined });
});

after(async () => {
  await db.close();
  await database.close();
});

const WAIT_MAX_MS = 20_000;

async function until(isSo: () => Promise<boolean> | boolean): Promise<void> {
  const end = performance.now() + WAIT_MAX_MS;
  while (!(await isSo())) {
    assert.ok(performance.now() < end, 'waited in vain');
    await sleep(10);
  }
}

async function isUpToDate(eventId: string): Promise<boolean> {
  const rows = await db.query(
    'select from sales.heads h join sales.audit_checkpoints c on c.event_id = h.event_id and c.ledger_seq = h.ledger_seq where h.event_id = $1',
    [eventId],
  );
  return rows.length === 1;
}

test('it follows the events that sell, and says which one is broken', async () => {
  const sales = await Promise.all(['one', 'two'].map((seed) => createRandomSale(db, seed)));
  const lines: string[] = [];
  const exposition = new Exposition();
  const log = buildLog('info', { write: (line) => lines.push(line) });
  const audit = startContinuousAudit({ db, clock: systemClock, log, telemetry: { exposition }, pageGapMs: 1, roundGapMs: 20 });
  try {
    for (let round = 0; round < 3; round += 1) {
      for (const sale of sales) await sale.step();
      await until(async () => (await Promise.all(sales.map((sale) => isUpToDate(sale.eventId)))).every(Boolean));
    }
    assert.deepEqual(lines, []);
    await db.query('update sales.ticket_types set held = held + 1 where event_id = $1 and id = $2', [
      sales[1]!.eventId,
      sales[1]!.ticketTypeIds[0]!,
    ]);
    for (const sale of sales) await sale.step();
    await until(async () => lines.length > 0 && (await isUpToDate(sales[0]!.eventId)));
  } finally {
    await audit.stop();
  }
  assert.equal(lines.length, 1);
  const line = JSON.parse(lines[0]!) as { event_id: string; level: string; problems: { code: string }[] };
  assert.deepEqual([line.level, line.event_id, line.problems[0]?.code], ['error', sales[1]!.eventId, 'counter_drift']);
  assert.match(exposition.text(), /tessera_audits_total\{verdict="broken"\} 1\n/);
  assert.match(exposition.text(), /tessera_audit_broken_events 1\n/);
});

test('it stops at once, in the middle of an event', async () => {
  const sale = await createRandomSale(db, 'long');
  for (let step = 0; step < 30; step += 1) await sale.step();
  const log = buildLog('silent');
  const audit = startContinuousAudit({ db, clock: systemClock, log, pageGapMs: 3_600_000, roundGapMs: 3_600_000 });
  await sleep(50);
  await audit.stop();
  assert.equal(db.load().waiting, 0);
});

test('it outlives a database that does not answer', async () => {
  const lines: string[] = [];
  const failing: Db = { ...db, query: () => Promise.reject(new Error('gone')) };
  const log = buildLog('info', { write: (line) => lines.push(line) });
  const audit = startContinuousAudit({ db: failing, clock: systemClock, log, roundGapMs: 1 });
  await until(() => lines.length > 0);
  await audit.stop();
  assert.match(lines[0]!, /could not read/);
});

async function dueIn(of: Db): Promise<string[]> {
  const due: string[] = [];
  for await (const eventId of dueEvents(of)) due.push(eventId);
  return due;
}

test('an event that another server has found mended is no alarm for ever', async () => {
  const own = await createDatabase();
  const ownDb = openDb({ url: own.url, poolMax: 2, onError: () => undefined });
  const sale = await createRandomSale(ownDb, 'mended');
  await sale.step();
  const exposition = new Exposition();
  const hurt = (by: number) => ownDb.query('update sales.quotas set capacity = capacity + $2 where event_id = $1', [sale.eventId, by]);
  await hurt(1);
  let nowMs = 0;
  const log = buildLog('silent');
  const clock = { nowMs: () => nowMs };
  const audit = startContinuousAudit({ db: ownDb, clock, log, telemetry: { exposition }, pageGapMs: 1, roundGapMs: 5 });
  try {
    await until(() => /tessera_audit_broken_events 1/.test(exposition.text()));
    await hurt(-1);
    const report = await auditEvent({ db: ownDb, clock }, sale.eventId, { full: true });
    assert.equal(report?.verdict, 'clean');
    assert.deepEqual(await dueIn(ownDb), []);
    nowMs = 60_000;
    await until(() => /tessera_audit_broken_events 0/.test(exposition.text()));
  } finally {
    await audit.stop();
    await ownDb.close();
    await own.close();
  }
});

test('an event is due when its ledger has moved, and after an hour when it has not, whatever the clocks of the servers', async () => {
  const sale = await createRandomSale(db, 'due');
  const isDue = async (): Promise<boolean> => (await dueIn(db)).includes(sale.eventId);
  const audit = (nowMs: number) => auditEvent({ db, clock: { nowMs: () => nowMs } }, sale.eventId, { full: false });
  const age = (by: string) =>
    db.query('update sales.audit_checkpoints set checked_at = checked_at - $2::interval where event_id = $1', [sale.eventId, by]);
  assert.equal(await isDue(), true);
  for (const nowMs of [0, Date.UTC(2100, 0)]) {
    await audit(nowMs);
    assert.equal(await isDue(), false);
    await age('59 minutes');
    assert.equal(await isDue(), false);
    await age('2 minutes');
    assert.equal(await isDue(), true);
  }
  await audit(0);
  await sale.step();
  assert.equal(await isDue(), true);
});
