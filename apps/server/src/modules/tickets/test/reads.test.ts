import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createDatabase, type TestDatabase } from '../../../../../../test/support/database.ts';
import { openDb, type Db, type Queryable } from '../../../platform/db/index.ts';
import { buildKeyedReader } from '../../sales/index.ts';
import { aBooking, anId, openLane } from '../lane/test/batches.ts';
import { readTicketPage } from '../attendees/queries/attendee-list.ts';
import { listTickets, readHeld, readTicket } from '../queries/tickets.ts';

const BOOKINGS = 5_000;
const PAGES_MAX = 12;
const eventId = anId();
const bookings = Array.from({ length: BOOKINGS }, () => aBooking([2]));

let database: TestDatabase;
let db: Db;
before(async () => {
  database = await createDatabase();
  db = openDb({ url: database.url, poolMax: 2, onError: () => {} });
  // As after a rush, before PostgreSQL has gathered statistics.
  await db.query('alter table tickets.tickets set (autovacuum_enabled = off)');
  const lane = await openLane(database.url);
  for (let at = 0; at < BOOKINGS; at += 500) await lane.run({ eventId, issued: bookings.slice(at, at + 500) });
  await lane.connection.close();
});
after(async () => {
  await db.close();
  await database.close();
});

type Plan = { 'Shared Hit Blocks': number; 'Shared Read Blocks': number };

/** Pages that a read touches, by the plan that it gets. */
async function pagesOf(read: (on: Queryable) => Promise<unknown>, on: Pick<Queryable, 'query'> = db): Promise<number> {
  let pages = -1;
  const explaining: Queryable = {
    query: async (text, values) => {
      const [row] = await on.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(`explain (analyze, buffers, format json) ${text}`, values);
      const { Plan: plan } = row!['QUERY PLAN'][0];
      pages = plan['Shared Hit Blocks'] + plan['Shared Read Blocks'];
      return [];
    },
    queryRows: () => Promise.reject(new Error('not asked for')),
  };
  await read(explaining);
  return pages;
}

const first = { bookingId: '00000000-0000-0000-0000-000000000000', number: 0 };
const all = { bookingId: null, ticketTypeId: null, state: null, isAdmitted: null };
const [booking] = bookings;
const bookingId = booking!.id;

test('buyers’ tickets are read by their key', async () => {
  const buyerKeys = [booking!.buyerKey];
  assert.ok((await pagesOf((on) => readHeld(on, { eventId, bookingId, buyerKeys, afterNumber: 0, limit: 101 }))) <= PAGES_MAX);
  assert.ok((await pagesOf((on) => readTicket(on, { eventId, bookingId, number: 1 }))) <= PAGES_MAX);
});

test('an organizer’s page reads no more than itself', async () => {
  const page = (more: object) => (on: Pick<Queryable, 'query'>) => listTickets(on, { eventId, after: first, ...all, limit: 10, ...more });
  const inOrder = buildKeyedReader(db);
  const { id: middle } = bookings[BOOKINGS / 2]!;
  for (const more of [{}, { after: { bookingId: middle, number: 1 } }, { bookingId: middle }]) {
    const pages = await pagesOf(page(more), inOrder);
    assert.ok(pages >= 0 && pages <= 2 * PAGES_MAX, `${JSON.stringify(more)}: ${pages} pages`);
  }
  const attendees = (after: typeof first | null) => pagesOf((on) => readTicketPage(on, { eventId, after, limit: 10 }), inOrder);
  // Each ticket is looked for twice more: its own words, and those of its booking.
  for (const after of [null, { bookingId: middle, number: 1 }]) assert.ok((await attendees(after)) <= 6 * PAGES_MAX);
  const control = await pagesOf(page({}), db);
  assert.ok(control > 10 * PAGES_MAX, `without the reader’s settings the whole event is read and sorted: ${control} pages`);
});
