import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createDatabase, type TestDatabase } from '../../../../../../../test/support/database.ts';
import { systemClock } from '../../../../platform/clock/index.ts';
import { openDb, type Db } from '../../../../platform/db/index.ts';
import { auditEvent } from '../audit-event.ts';
import { createRandomSale, type RandomSale } from './random-sale.ts';

let database: TestDatabase;
let db: Db;

before(async () => {
  database = await createDatabase();
  db = openDb({ url: database.url, poolMax: 8, onError: () => undefined });
});

after(async () => {
  await db.close();
  await database.close();
});

async function steps(sale: RandomSale, count: number): Promise<void> {
  for (let step = 0; step < count; step += 1) await sale.step();
}

async function assertClean(sale: RandomSale, options: Parameters<typeof auditEvent>[2]) {
  const report = await auditEvent({ db, clock: systemClock }, sale.eventId, options);
  assert.ok(report);
  assert.deepEqual(report.problems, []);
  assert.equal(report.verdict, 'clean');
  return report;
}

test('an event that does not exist has no audit', async () => {
  const nobody = '0190ffff-0000-7000-8000-000000000000';
  for (const full of [false, true]) assert.equal(await auditEvent({ db, clock: systemClock }, nobody, { full }), null);
});

test('an event that has sold nothing is clean', async () => {
  const sale = await createRandomSale(db, 'empty');
  const report = await assertClean(sale, { full: true });
  assert.equal(report.bookingsChecked, 0);
  assert.equal(report.ticketTypes.length, 3);
  assert.deepEqual(report.ticketTypes[0]?.inBookings, { held: 0, sold: 0 });
  assert.equal(report.quotas[0]?.counted.capacity, 2_000_000);
});

test('an audit reads what has come since the last clean one', async () => {
  const sale = await createRandomSale(db, 'checkpoint');
  await steps(sale, 30);
  const first = await assertClean(sale, { full: false });
  assert.equal(first.ledgerChecked, first.ledgerSeq);
  assert.equal((await assertClean(sale, { full: false })).ledgerChecked, 0);
  await steps(sale, 10);
  const later = await assertClean(sale, { full: false });
  assert.equal(later.ledgerChecked, later.ledgerSeq - first.ledgerSeq);
  const full = await assertClean(sale, { full: true });
  assert.equal(full.ledgerChecked, full.ledgerSeq);
  assert.equal(full.mode, 'full');
});

test('a sale stays clean when it goes on between any two pages', async () => {
  for (const seed of ['one', 'two', 'three']) {
    const sale = await createRandomSale(db, seed);
    await steps(sale, 40);
    let left = 60;
    const pause = async () => {
      if (left > 0) await sale.step();
      left -= 1;
    };
    for (const full of [false, true, false, true]) {
      await assertClean(sale, { full, pause, pageMax: 5 });
      left = 60;
    }
  }
});

test('a sale with many codes stays clean when it goes on between any two pages, from the first to the last', async () => {
  const sale = await createRandomSale(db, 'codes');
  await steps(sale, 60);
  let pages = 0;
  const pause = async () => {
    pages += 1;
    await sale.step();
  };
  // A step writes less than a page, so that the audit overtakes the sale.
  for (let round = 0; round < 5; round += 1) await assertClean(sale, { full: true, pause, pageMax: 20 });
  assert.ok(pages > 50);
});

test('a sale stays clean while others write at the same time', async () => {
  const sales = await Promise.all(['four', 'five'].map((seed) => createRandomSale(db, seed)));
  let isDone = false;
  const writers = sales.map(async (sale) => {
    while (!isDone) await sale.step();
  });
  try {
    for (let round = 0; round < 6; round += 1) {
      for (const sale of sales) await assertClean(sale, { full: round % 2 === 0, pageMax: 20 });
    }
  } finally {
    isDone = true;
    await Promise.all(writers);
  }
  for (const sale of sales) await assertClean(sale, { full: true });
});
