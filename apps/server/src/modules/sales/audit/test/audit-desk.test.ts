import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createDatabase, type TestDatabase } from '../../../../../../../test/support/database.ts';
import { systemClock } from '../../../../platform/clock/index.ts';
import { openDb, type Db } from '../../../../platform/db/index.ts';
import { buildAuditDesk } from '../audit-desk.ts';
import { createRandomSale } from './random-sale.ts';

let database: TestDatabase;
let db: Db;
let statements = 0;

before(async () => {
  database = await createDatabase();
  const opened = openDb({ url: database.url, poolMax: 4, onError: () => undefined });
  const counted: Db['query'] = (text, values) => {
    statements += 1;
    return opened.query(text, values);
  };
  db = { ...opened, query: counted };
});

after(async () => {
  await db.close();
  await database.close();
});

test('whoever asks while the same audit is under way joins it', async () => {
  const { eventId } = await createRandomSale(db, 'crowd');
  const desk = buildAuditDesk({ db, clock: systemClock });
  await desk.audit(eventId, { full: true });
  statements = 0;
  await desk.audit(eventId, { full: true });
  const alone = statements;
  statements = 0;
  const answers = await Promise.all(Array.from({ length: 200 }, () => desk.audit(eventId, { full: true })));
  assert.equal(statements, alone);
  assert.deepEqual(new Set(answers.map((answer) => answer.kind)), new Set(['report']));
  statements = 0;
  await desk.audit(eventId, { full: true });
  assert.equal(statements, alone);
});

test('audits of many events take turns, and too many are told to come back', async () => {
  const sales = await Promise.all(['one', 'two', 'three', 'four', 'five'].map((seed) => createRandomSale(db, seed)));
  const desk = buildAuditDesk({ db, clock: systemClock }, { runsMax: 1, fullRunsMax: 1, waitingMax: 2 });
  const answers = await Promise.all(sales.map(({ eventId }) => desk.audit(eventId, { full: true })));
  assert.deepEqual(
    answers.map((answer) => answer.kind),
    ['report', 'report', 'report', 'busy', 'busy'],
  );
  for (const { eventId } of sales) assert.equal((await desk.audit(eventId, { full: false })).kind, 'report');
});

test('an unknown event is said to be unknown, and an audit that fails gives its turn back', async () => {
  const desk = buildAuditDesk({ db, clock: systemClock }, { runsMax: 1, fullRunsMax: 1, waitingMax: 0 });
  assert.deepEqual(await desk.audit('0190ffff-0000-7000-8000-000000000000', { full: false }), { kind: 'unknown_event' });
  await assert.rejects(desk.audit('not a uuid', { full: false }));
  assert.deepEqual(await desk.audit('0190ffff-0000-7000-8000-000000000000', { full: false }), { kind: 'unknown_event' });
});
