import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createDatabase, type TestDatabase } from '../../../../../../test/support/database.ts';
import { openDb, type Db } from '../../../platform/db/index.ts';
import { writeManyBookings } from '../audit/test/bulk-bookings.ts';
import { createRandomSale } from '../audit/test/random-sale.ts';
import { sumBookings } from '../sum-bookings.ts';

let database: TestDatabase;
let db: Db;

before(async () => {
  database = await createDatabase();
  db = openDb({ url: database.url, poolMax: 2, onError: () => undefined });
});
after(async () => {
  await db.close();
  await database.close();
});

test('bookings are added up page by page, each once, also where the sum is beyond 32 bits', async () => {
  const sale = await createRandomSale(db, 'sums');
  await writeManyBookings(db, sale, 5_500);
  await db.query('update sales.bookings set total_minor = quantity::bigint * 1000000000 where event_id = $1', [sale.eventId]);
  const sums = await sumBookings({ db }, sale.eventId);
  for (const state of ['held', 'confirmed'] as const) {
    const [row] = await db.query<{ bookings: number; tickets: number }>(
      'select count(*)::int as bookings, sum(quantity)::int as tickets from sales.bookings where event_id = $1 and state = $2',
      [sale.eventId, state],
    );
    assert.deepEqual({ bookings: sums[state].bookings, tickets: sums[state].tickets }, row);
    assert.deepEqual([...sums[state].totals], [['EUR', (row?.tickets ?? 0) * 1_000_000_000]]);
  }
  assert.ok(sums.confirmed.bookings > 1_800 && sums.held.bookings > 3_600);
});

test('of an event without bookings nothing is added up', async () => {
  const none = { bookings: 0, tickets: 0, totals: new Map() };
  assert.deepEqual(await sumBookings({ db }, '00000000-0000-7000-8000-000000000000'), { held: none, confirmed: none });
});
