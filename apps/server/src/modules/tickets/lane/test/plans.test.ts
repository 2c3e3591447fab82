import assert from 'node:assert/strict';
import { after, before, test, type TestContext } from 'node:test';
import { createDatabase, type TestDatabase } from '../../../../../../../test/support/database.ts';
import { openDb, type Db, type LaneConnection } from '../../../../platform/db/index.ts';
import { explain, type Explained } from '../../../sales/lane/test/explain.ts';
import { aBooking, anId, BEGIN, callsOf, openLane, ROLLBACK } from './batches.ts';
import type { IssuedBooking } from '../tickets-in-lane.ts';

const BOOKINGS = 5_000;
const BATCH = 500;
const SAMPLE = 40;
/** A tree that grows by a level costs a page more for each key. */
const PAGES_GROWTH_MAX = 2;

let database: TestDatabase;
let db: Db;
before(async () => {
  database = await createDatabase();
  db = openDb({ url: database.url, poolMax: 2, onError: () => {} });
  // Nobody refreshes the statistics in between: each plan stays as it was made, which is the worst case.
  await db.query('alter table tickets.tickets set (autovacuum_enabled = off)');
});
after(async () => {
  await db.close();
  await database.close();
});

/** Explains what a batch sends that issues some bookings and revokes tickets from all over the event, and rolls it back. */
async function explainBatch(connection: LaneConnection, eventId: string, sold: readonly IssuedBooking[]): Promise<Explained[]> {
  const step = Math.max(1, Math.floor(sold.length / SAMPLE));
  const revoked = sold
    .filter((_, index) => index % step === 0)
    .slice(0, SAMPLE)
    .map(({ id }) => ({ bookingId: id, numbers: [1, 2], reason: 'refund' }));
  const calls = () => callsOf({ eventId, issued: Array.from({ length: SAMPLE }, () => aBooking([2])), revoked });
  // Prepared and planned on the tables as they are, before anything is explained.
  await connection.roundTrip([BEGIN, ...calls(), ROLLBACK]);
  await connection.roundTrip([BEGIN]);
  const explained: Explained[] = [];
  for (const call of calls()) explained.push(await explain(connection, call));
  await connection.roundTrip([ROLLBACK]);
  return explained;
}

/** Grows an event, with a connection of each stage that keeps its plans, and compares in the end. */
async function study(): Promise<{ offences: string[]; figures: string[] }> {
  const eventId = anId();
  const sold: IssuedBooking[] = [];
  const lanes: Awaited<ReturnType<typeof openLane>>[] = [];
  const offences: string[] = [];
  const figures: string[] = [];
  let small: Explained[] = [];
  for (const stage of [10, BOOKINGS / 100, BOOKINGS / 10, BOOKINGS]) {
    lanes.push(await openLane(database.url));
    while (sold.length < stage) {
      const issued = Array.from({ length: Math.min(BATCH, stage - sold.length) }, () => aBooking([2]));
      await lanes[0]!.run({ eventId, issued });
      sold.push(...issued);
    }
    const explained = await explainBatch(lanes.at(-1)!.connection, eventId, sold);
    if (stage === BOOKINGS / 10) small = explained;
  }
  for (const { connection } of lanes) {
    for (const after of await explainBatch(connection, eventId, sold)) {
      const pages = small.find(({ statement }) => statement === after.statement)!.pages;
      figures.push(`${after.statement}: ${pages} → ${after.pages} pages, ${after.timeMs.toFixed(2)} ms`);
      offences.push(...after.offences.map((offence) => `${after.statement}: ${offence}`));
      if (after.pages > PAGES_GROWTH_MAX * pages) offences.push(`${after.statement}: it grows with the event`);
    }
    await connection.close();
  }
  return { offences, figures };
}

test(`the tickets’ statements go by the full key, and cost at ${BOOKINGS} bookings what they cost at a tenth`, async (context: TestContext) => {
  const { offences, figures } = await study();
  for (const figure of figures) context.diagnostic(figure);
  assert.deepEqual(offences, []);
});

test('negative control: a second index beginning with event_id is found out', async () => {
  await db.query('create index second on tickets.tickets (event_id, state)');
  const { offences } = await study();
  await db.query('drop index tickets.second');
  assert.ok(offences.length > 0);
});
