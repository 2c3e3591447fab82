import assert from 'node:assert/strict';
import { randomFillSync } from 'node:crypto';
import { after, before, test } from 'node:test';
import { createDatabase, type TestDatabase } from '../../../../../../../test/support/database.ts';
import { openDb, type Db } from '../../../../platform/db/index.ts';
import { systemRandom } from '../../../../platform/random.ts';
import { buildLog } from '../../../../platform/telemetry/index.ts';
import {
  awaitPayment,
  buildSales,
  cancelBooking,
  CommandFailed,
  confirmBooking,
  expireDueEvents,
  receivePayment,
  refundBooking,
  type SalesModule,
} from '../../../sales/index.ts';
import { bookingIn, hold, type EventUnderTest } from '../../../sales/test/buyers.ts';
import { makeDue } from '../../../sales/test/make-due.ts';
import { LANE_SETTINGS, openEvent, silentTelemetry } from '../../../sales/test/support.ts';
import { buildTicketsInLane } from '../tickets-in-lane.ts';
import { anId, ticketsOf } from './batches.ts';

let database: TestDatabase;
let db: Db;
let sales: SalesModule;
before(async () => {
  database = await createDatabase();
  db = openDb({ url: database.url, poolMax: 4, onError: () => {} });
  const parts = [buildTicketsInLane((bytes) => void randomFillSync(bytes))];
  const telemetry = { ...silentTelemetry };
  sales = buildSales({
    db,
    laneUrl: database.url,
    settings: LANE_SETTINGS,
    random: systemRandom,
    telemetry,
    log: buildLog('silent'),
    parts,
  });
});
after(async () => {
  await sales.close(1_000);
  await db.close();
  await database.close();
});

const ORGANIZER = { kind: 'organizer' } as const;
const paidEvent = () => openEvent(sales, [{ capacity: 10_000, terms: { priceMinor: 1_000 } }]);
const statesOf = async ({ eventId }: EventUnderTest, bookingId: string): Promise<string[]> =>
  (await ticketsOf(db, eventId, bookingId)).map(({ state, reason }) => reason ?? state);
const confirm = ({ eventId }: EventUnderTest, bookingId: string) =>
  confirmBooking(sales, { eventId, bookingId, actor: ORGANIZER, idempotencyKey: anId(), tender: 'cash' });

async function held(event: EventUnderTest, quantity: number) {
  return bookingIn(await hold(sales, event, { quantity }));
}

test('confirming issues, once; cancelling revokes', async () => {
  const event = await paidEvent();
  const { eventId } = event;
  const { id: bookingId } = await held(event, 3);
  assert.deepEqual(await statesOf(event, bookingId), []);
  await Promise.all([confirm(event, bookingId), confirm(event, bookingId)]);
  assert.deepEqual(await statesOf(event, bookingId), ['valid', 'valid', 'valid']);
  await cancelBooking(sales, { eventId, bookingId, actor: ORGANIZER, idempotencyKey: anId() });
  assert.deepEqual(await statesOf(event, bookingId), ['cancel', 'cancel', 'cancel']);
});

test('a refund of some tickets revokes these', async () => {
  const event = await paidEvent();
  const { eventId } = event;
  const { id: bookingId, buyerKey, totalMinor } = await held(event, 3);
  const paymentRef = anId();
  await awaitPayment(sales, { eventId, bookingId, buyerKey, paymentRef });
  await receivePayment(sales, { eventId, bookingId, paymentRef, receivedMinor: totalMinor, currency: 'EUR' });
  assert.deepEqual(await statesOf(event, bookingId), ['valid', 'valid', 'valid']);
  const asked = { amountMinor: null, keepFees: false, restock: true, reason: 'ill', actor: ORGANIZER, eventId, bookingId };
  const refunded = await refundBooking(sales, { ...asked, tickets: [2], idempotencyKey: anId() });
  assert.equal(bookingIn(refunded).state, 'partially_refunded');
  assert.deepEqual(await statesOf(event, bookingId), ['valid', 'refund', 'valid']);
  await refundBooking(sales, { ...asked, tickets: 'all', idempotencyKey: anId() });
  assert.deepEqual(await statesOf(event, bookingId), ['refund', 'refund', 'refund']);
});

test('a booking that expired and is paid late gets its tickets then', async () => {
  const event = await paidEvent();
  const { eventId } = event;
  const { id: bookingId, buyerKey, totalMinor } = await held(event, 2);
  const paymentRef = anId();
  await awaitPayment(sales, { eventId, bookingId, buyerKey, paymentRef });
  await db.query(`update sales.bookings set expires_at = now() - interval '1 s' where event_id = $1`, [eventId]);
  await makeDue(db, eventId);
  await expireDueEvents(sales);
  assert.deepEqual(await statesOf(event, bookingId), []);
  const paid = await receivePayment(sales, { eventId, bookingId, paymentRef, receivedMinor: totalMinor, currency: 'EUR' });
  assert.equal(bookingIn(paid).state, 'confirmed');
  assert.deepEqual(await statesOf(event, bookingId), ['valid', 'valid']);
});

test('hundreds at once each get as many tickets as they booked', async () => {
  const event = await openEvent(sales, [{ capacity: 10_000 }]);
  const quantities = Array.from({ length: 300 }, (_, index) => 1 + (index % 4));
  const placed = await Promise.all(quantities.map((quantity) => hold(sales, event, { quantity, confirm: true })));
  const rows = await db.query<{ bookingId: string; n: number }>(
    'select booking_id as "bookingId", count(*)::int as n from tickets.tickets where event_id = $1 group by 1',
    [event.eventId],
  );
  const counted = new Map(rows.map(({ bookingId, n }) => [bookingId, n]));
  assert.deepEqual(
    placed.map((outcome) => counted.get(bookingIn(outcome).id)),
    quantities,
  );
});

test('a booking that has tickets already fails alone; those beside it are confirmed', async () => {
  const event = await paidEvent();
  const bookings = await Promise.all(Array.from({ length: 6 }, () => held(event, 1)));
  const [spoilt] = bookings;
  await db.query(
    `insert into tickets.tickets (event_id, booking_id, number, ticket_type_id, buyer_key, secret, issued_at) values ($1, $2, 1, $3, $3, $3, now())`,
    [event.eventId, spoilt!.id, anId()],
  );
  const outcomes = await Promise.allSettled(bookings.map(({ id }) => confirm(event, id)));
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['rejected', ...Array.from({ length: 5 }, () => 'fulfilled')],
  );
  assert.ok(outcomes[0]?.status === 'rejected' && outcomes[0].reason instanceof CommandFailed);
  for (const { id } of bookings.slice(1)) assert.deepEqual(await statesOf(event, id), ['valid']);
});
