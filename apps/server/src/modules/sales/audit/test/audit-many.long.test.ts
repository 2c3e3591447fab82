import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createDatabase, type TestDatabase } from '../../../../../../../test/support/database.ts';
import { systemClock } from '../../../../platform/clock/index.ts';
import { openDb, type Db } from '../../../../platform/db/index.ts';
import { auditEvent } from '../audit-event.ts';
import { writeManyBookings } from './bulk-bookings.ts';
import { createRandomSale } from './random-sale.ts';

const BOOKINGS = 100_000;

/** What an audit may keep in memory. The bookings of this event alone would take more than three times as much. */
const LIVE_BYTES_MAX = 16 * 1024 * 1024;

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

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function liveBytes(): number {
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

test(`${BOOKINGS} bookings are counted again while the sale goes on, in bounded memory`, async () => {
  const sale = await createRandomSale(db, 'many');
  await writeManyBookings(db, sale, BOOKINGS);
  const live = { before: 0, most: 0, pages: 0 };
  const pause = async () => {
    await sale.step();
    live.pages += 1;
    if (live.pages % 10 === 0) live.most = Math.max(live.most, liveBytes());
  };
  for (const full of [true, false, true]) {
    live.before = liveBytes();
    live.most = 0;
    const report = await auditEvent({ db, clock: systemClock }, sale.eventId, { full, pause });
    assert.ok(report);
    assert.deepEqual(report.problems, []);
    if (full) assert.ok(report.bookingsChecked >= BOOKINGS);
    assert.ok(live.most - live.before < LIVE_BYTES_MAX, `${live.most - live.before} bytes were kept`);
  }
  await db.query('delete from sales.audit_checkpoints where event_id = $1', [sale.eventId]);
  await db.query('delete from sales.audit_sums where event_id = $1', [sale.eventId]);
  live.before = liveBytes();
  const report = await auditEvent({ db, clock: systemClock }, sale.eventId, { full: false, pause });
  assert.deepEqual(report?.problems, []);
  assert.ok((report?.ledgerChecked ?? 0) > 2 * BOOKINGS);
  assert.ok(live.most - live.before < LIVE_BYTES_MAX, `${live.most - live.before} bytes were kept`);
});

test('one wrong total among those of 30,000 buyers is named', async () => {
  const sale = await createRandomSale(db, 'needle');
  await writeManyBookings(db, sale, 90_000);
  const pick = `select buyer_key as key from sales.buyer_totals where event_id = $1 order by buyer_key offset 12345 limit 1`;
  const [buyer] = await db.query<{ key: string }>(pick, [sale.eventId]);
  assert.ok(buyer);
  const hurt = 'update sales.buyer_totals set quantity = quantity + 1 where event_id = $1 and buyer_key = $2 and ticket_type_id = $3';
  await db.query(hurt, [sale.eventId, buyer.key, sale.ticketTypeIds[1]!]);
  const report = await auditEvent({ db, clock: systemClock }, sale.eventId, { full: true, pause: sale.step });
  assert.deepEqual(
    report?.problems.map((problem) => [problem.code, problem.subject.id]),
    [['buyer_total_drift', buyer.key]],
  );
});
