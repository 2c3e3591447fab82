import assert from 'node:assert/strict';
import { randomFillSync } from 'node:crypto';
import { after, before, test } from 'node:test';
import { createDatabase, type TestDatabase } from '../../../../../../../test/support/database.ts';
import { openDb, type Db, type LaneConnection } from '../../../../platform/db/index.ts';
import { findUnofferable } from '../../find-unofferable.ts';
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

async function resaleOf(eventId: string, bookingId: string): Promise<unknown[][]> {
  const text = `select number, extract(epoch from resale_at)::int, state from tickets.tickets where event_id = $1 and booking_id = $2 order by number`;
  return db.queryRows(text, [eventId, bookingId]);
}

test('what is offered back is marked, what is kept after all no more; what was sold again is revoked', async () => {
  const eventId = anId();
  const booking = aBooking([3]);
  const offersOf = (...numbers: number[]) => numbers.map((number) => ({ bookingId: booking.id, number }));
  await run({ eventId, issued: [booking] });
  await run({ eventId, nowMs: 5_000, newOffers: offersOf(1, 2, 3) });
  assert.deepEqual(await resaleOf(eventId, booking.id), [
    [1, 5, 'valid'],
    [2, 5, 'valid'],
    [3, 5, 'valid'],
  ]);
  const ended = [
    ...offersOf(1).map((offer) => ({ ...offer, isWithdrawn: true })),
    ...offersOf(3).map((offer) => ({ ...offer, isWithdrawn: false })),
  ];
  await run({ eventId, nowMs: 6_000, endedOffers: ended, revoked: [{ bookingId: booking.id, numbers: [3], reason: 'resold' }] });
  assert.deepEqual(await resaleOf(eventId, booking.id), [
    [1, null, 'valid'],
    [2, 5, 'valid'],
    [3, null, 'revoked'],
  ]);
});

test('nobody offers what was passed on, or somebody is inside with; and what is offered is not admitted as if it were not', async () => {
  const eventId = anId();
  const booking = aBooking([4]);
  await run({ eventId, issued: [booking] });
  const change = (number: number, set: string): Promise<unknown> =>
    db.query(`update tickets.tickets set ${set} where event_id = $1 and booking_id = $2 and number = $3`, [eventId, booking.id, number]);
  await change(1, 'booked_by = buyer_key, buyer_key = gen_random_uuid()');
  await change(2, 'admitted_at = now(), admitted_scan = gen_random_uuid()');
  await change(3, `offered_until = now() + interval '1 hour'`);
  const asked = { eventId, bookingId: booking.id, buyerKey: booking.buyerKey };
  const reasons = await Promise.all([1, 2, 3, 4].map((number) => findUnofferable({ db }, { ...asked, numbers: [number] })));
  assert.deepEqual(
    reasons.map((found) => found?.reason),
    ['passed_on', 'admitted', 'being_passed_on', undefined],
  );
  assert.equal(await findUnofferable({ db }, { ...asked, buyerKey: anId(), numbers: [1] }), null, 'of others’ bookings it says nothing');
  for (const number of [1, 2]) {
    await assert.rejects(run({ eventId, newOffers: [{ bookingId: booking.id, number }] }), { constraint: 'tickets_resale_check' });
  }
  await run({ eventId, newOffers: [{ bookingId: booking.id, number: 4 }] });
  await assert.rejects(change(4, 'admitted_at = now(), admitted_scan = gen_random_uuid()'), { constraint: 'tickets_resale_check' });
  await change(4, 'admitted_at = now(), admitted_scan = gen_random_uuid(), resale_at = null');
});
