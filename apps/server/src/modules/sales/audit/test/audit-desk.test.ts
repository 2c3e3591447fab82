import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createDatabase, type TestDatabase } from '../../../../../../../test/support/database.ts';
import { systemClock } from '../../../../platform/clock/index.ts';
import { openDb, type Db } from '../../../../platform/db/index.ts';
import { buildAuditDesk } from '../audit-desk.ts';
import { createRandomSale } from './random-sale.ts';

let database: TestDatabase;
let db: Db;
let transactions = 0;

before(async () => {
  database = await createDatabase();
  const opened = openDb({ url: database.url, poolMax: 4, onError: () => undefined });
  // Every page of an audit is a transaction of its own.
  const counted: Db['transaction'] = (work) => {
    transactions += 1;
    return opened.transaction(work);
  };
  db = { ...opened, transaction: counted };
});

after(async () => {
  await db.close();
  await database.close();
});

test('whoever asks while the same audit is under way joins it, and soon after gets the same report', async () => {
  const { eventId } = await createRandomSale(db, 'crowd');
  let nowMs = 0;
  const desk = buildAuditDesk({ db, clock: { nowMs: () => nowMs } }, { reuseMs: 5_000 });
  const transactionsOf = async (asks: number, full: boolean): Promise<number> => {
    transactions = 0;
    const answers = await Promise.all(Array.from({ length: asks }, () => desk.audit(eventId, { full })));
    assert.deepEqual(new Set(answers.map((answer) => answer.kind)), new Set(['report']));
    return transactions;
  };
  const alone = await transactionsOf(1, true);
  assert.ok(alone > 0);
  assert.equal(await transactionsOf(200, true), 0);
  nowMs = 4_999;
  assert.equal(await transactionsOf(1, true), 0);
  assert.ok((await transactionsOf(1, false)) > 0, 'a quick audit is always made anew');
  nowMs = 5_000;
  assert.equal(await transactionsOf(200, true), alone);
});

test('who has waited long for a turn is told to come back, and the turn goes to the next', async () => {
  const { promise: gate, resolve: open } = Promise.withResolvers<void>();
  const slow: Db = { ...db, transaction: (work) => gate.then(() => db.transaction(work)) };
  const [one, two] = await Promise.all(['slow', 'next'].map((seed) => createRandomSale(db, seed)));
  const desk = buildAuditDesk({ db: slow, clock: systemClock }, { waitMaxMs: 50 });
  const first = desk.audit(one!.eventId, { full: true });
  assert.equal((await desk.audit(two!.eventId, { full: true })).kind, 'busy');
  open();
  assert.equal((await first).kind, 'report');
  assert.equal((await desk.audit(two!.eventId, { full: true })).kind, 'report');
});

test('a full audit rests between pages', async () => {
  const { eventId } = await createRandomSale(db, 'rests');
  const desk = buildAuditDesk({ db, clock: systemClock }, { pageGapMs: 3_600_000 });
  const audit = desk.audit(eventId, { full: true });
  const quick = await desk.audit(eventId, { full: false });
  assert.equal(quick.kind, 'report');
  assert.equal(await Promise.race([audit, new Promise((resolve) => setTimeout(resolve, 100, 'rests'))]), 'rests');
});

test('audits of many events take turns, and too many are told to come back', async () => {
  const sales = await Promise.all(['one', 'two', 'three', 'four', 'five'].map((seed) => createRandomSale(db, seed)));
  const desk = buildAuditDesk({ db, clock: systemClock }, { runsMax: 1, waitingMax: 2 });
  const answers = await Promise.all(sales.map(({ eventId }) => desk.audit(eventId, { full: true })));
  assert.deepEqual(
    answers.map((answer) => answer.kind),
    ['report', 'report', 'report', 'busy', 'busy'],
  );
  for (const { eventId } of sales) assert.equal((await desk.audit(eventId, { full: false })).kind, 'report');
});

test('an unknown event is said to be unknown, and an audit that fails gives its turn back', async () => {
  const desk = buildAuditDesk({ db, clock: systemClock }, { runsMax: 1, waitingMax: 0 });
  assert.deepEqual(await desk.audit('0190ffff-0000-7000-8000-000000000000', { full: false }), { kind: 'unknown_event' });
  await assert.rejects(desk.audit('not a uuid', { full: false }));
  assert.deepEqual(await desk.audit('0190ffff-0000-7000-8000-000000000000', { full: false }), { kind: 'unknown_event' });
});
