import assert from 'node:assert/strict';
import { randomFillSync } from 'node:crypto';
import { after, before, test } from 'node:test';
import { createDatabase, type TestDatabase } from '../../../../../../../test/support/database.ts';
import { openDb, type Db, type LaneConnection } from '../../../../platform/db/index.ts';
import { aBooking, anId, callsOf, openLane, ticketsOf, type Batch } from './batches.ts';

let database: TestDatabase;
let db: Db;
let connection: LaneConnection;
let run: (batch: Batch) => Promise<void>;
before(async () => {
  database = await createDatabase();
  db = openDb({ url: database.url, poolMax: 2, onError: () => {} });
  ({ connection, run } = await openLane(database.url));
});
after(async () => {
  await connection.close();
  await db.close();
  await database.close();
});

test('the tickets of bookings are numbered through their lines, each with a secret of its own', async () => {
  const eventId = anId();
  const [one, other] = [aBooking([2, 1]), aBooking([1])];
  await run({ eventId, issued: [one, other] });
  const rows = await ticketsOf(db, eventId, one.id);
  assert.deepEqual(
    rows.map(({ number, ticketTypeId, buyerKey, state }) => ({ number, ticketTypeId, buyerKey, state })),
    [0, 0, 1].map((line, at) => ({
      number: at + 1,
      ticketTypeId: one.lines[line]?.ticketTypeId,
      buyerKey: one.buyerKey,
      state: 'valid',
    })),
  );
  assert.deepEqual(
    [...rows, ...(await ticketsOf(db, eventId, other.id))].map(({ secret }) => secret),
    ['1', '2', '3', '4'].map((digit) => `0${digit}`.repeat(16).replace(/^(.{8})(.{4})(.{4})(.{4})(.*)$/, '$1-$2-$3-$4-$5')),
  );
});

test('nothing is sent where nothing is issued or revoked', () => {
  assert.deepEqual(callsOf({ eventId: anId() }), []);
  assert.deepEqual(callsOf({ eventId: anId(), revoked: [{ bookingId: anId(), numbers: [], reason: 'refund' }] }), []);
});

test('what is revoked stays so, with the time and the first reason, and nothing else changes', async () => {
  const eventId = anId();
  const [one, other] = [aBooking([3]), aBooking([3])];
  await run({ eventId, issued: [one, other] });
  const issued = await ticketsOf(db, eventId, one.id);
  await run({ eventId, nowMs: 5_000, revoked: [{ bookingId: one.id, numbers: [1, 3], reason: 'refund' }] });
  await run({ eventId, nowMs: 6_000, revoked: [{ bookingId: one.id, numbers: [3], reason: 'dispute' }] });
  const expected = issued.map((row) => (row.number === 2 ? row : { ...row, state: 'revoked', reason: 'refund' }));
  assert.deepEqual(await ticketsOf(db, eventId, one.id), expected);
  assert.ok((await ticketsOf(db, eventId, other.id)).every(({ state }) => state === 'valid'));
  const [{ at } = { at: 0 }] = await db.query<{ at: number }>(
    `select distinct extract(epoch from revoked_at)::int as at from tickets.tickets where event_id = $1 and state = 'revoked'`,
    [eventId],
  );
  assert.equal(at, 5);
});

test('what one batch confirms and cancels is revoked in the end', async () => {
  const eventId = anId();
  const booking = aBooking([2]);
  await run({ eventId, issued: [booking], revoked: [{ bookingId: booking.id, numbers: [1, 2], reason: 'cancel' }] });
  assert.deepEqual(
    (await ticketsOf(db, eventId, booking.id)).map(({ state }) => state),
    ['revoked', 'revoked'],
  );
});

test('the tickets of a booking are issued once: a second time the batch fails, and the first ones stay', async () => {
  const eventId = anId();
  const booking = aBooking([2]);
  await run({ eventId, issued: [booking] });
  const issued = await ticketsOf(db, eventId, booking.id);
  await assert.rejects(run({ eventId, issued: [aBooking([1]), booking] }), { code: '23505', constraint: 'tickets_pkey' });
  assert.deepEqual(await ticketsOf(db, eventId, booking.id), issued);
  const [{ n } = { n: 0 }] = await db.query<{ n: number }>('select count(*)::int as n from tickets.tickets where event_id = $1', [eventId]);
  assert.equal(n, 2);
});

test('a batch of 500 bookings issues in one statement, no secret twice', async () => {
  const eventId = anId();
  const issued = Array.from({ length: 500 }, (_, index) => aBooking(index % 2 === 0 ? [1] : [1, 2]));
  const calls = callsOf({ eventId, issued }, (bytes) => void randomFillSync(bytes));
  assert.equal(calls.length, 1);
  await connection.roundTrip(calls);
  const [sums] = await db.query(
    'select count(*)::int as n, count(distinct secret)::int as secrets from tickets.tickets where event_id = $1',
    [eventId],
  );
  assert.deepEqual(sums, { n: 1_000, secrets: 1_000 });
});

test('one batch of a booking of 10,000 tickets', async () => {
  const eventId = anId();
  const booking = aBooking([10_000]);
  await run({ eventId, issued: [booking] });
  assert.equal((await ticketsOf(db, eventId, booking.id)).at(-1)?.number, 10_000);
});
