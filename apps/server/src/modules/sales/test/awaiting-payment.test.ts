import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { extendBooking } from '../index.ts';
import { anId, bookingIn, hold, type EventUnderTest } from './buyers.ts';
import { goToPay, pay, refOf } from './money.ts';
import { assertSound, countStates, readCounters } from './recount.ts';
import { openEvent, openSales } from './support.ts';

/** Promise (f) says one second; a busy machine may take longer, but what takes this long has not been done at all. */
const LATEST_MS = 5_000;
const HOLD_LENGTH_MS = 1_000;
const COUNT = 50;

const sales = await openSales();
sales.start();
after(() => sales.closeAll());

const priced = [{ capacity: COUNT, terms: { priceMinor: 1_000 } }];

/** Milliseconds from the moment at which the last of an event's bookings fell due until none of its tickets is held. */
async function msUntilBack({ eventId }: EventUnderTest): Promise<number> {
  for (;;) {
    const [row = []] = await sales.db.queryRows(
      `select extract(epoch from clock_timestamp() - max(b.expires_at))::float8 * 1000,
        (select sum(t.held)::int from sales.ticket_types t where t.event_id = $1)
      from sales.bookings b where b.event_id = $1`,
      [eventId],
    );
    const [sinceDueMs, held] = row.map(Number);
    assert.ok(sinceDueMs !== undefined && sinceDueMs < LATEST_MS, `${held} tickets are still held ${sinceDueMs} ms after they fell due`);
    if (held === 0) return sinceDueMs;
    await pause(10);
  }
}

test('tickets that nobody paid for in time are back, and their payments are made impossible', async (context) => {
  const event = await openEvent(sales, priced, { holdLengthMs: HOLD_LENGTH_MS });
  const holds = await Promise.all(Array.from({ length: COUNT }, () => hold(sales, event)));
  await Promise.all(holds.map((outcome) => goToPay(sales, event, bookingIn(outcome))));
  assert.deepEqual(await countStates(sales.db, event.eventId), { awaiting_payment: COUNT });
  context.diagnostic(`${COUNT} tickets that awaited payment were back ${(await msUntilBack(event)).toFixed(0)} ms after they fell due`);
  assert.deepEqual(await countStates(sales.db, event.eventId), { expired: COUNT });
  assert.equal((await readCounters(sales.db, event.eventId)).held, 0);
  await assertSound(sales.db, event.eventId);
});

test('whoever goes to pay has as long again as a hold, once, however often they ask', async () => {
  const event = await openEvent(sales, priced, { holdLengthMs: 60_000 });
  const held = bookingIn(await hold(sales, event));
  const awaiting = bookingIn(await goToPay(sales, event, held));
  assert.ok(awaiting.extended && awaiting.expiresAtMs > held.expiresAtMs && awaiting.expiresAtMs <= held.expiresAtMs + 60_000);
  assert.equal(bookingIn(await goToPay(sales, event, held)).expiresAtMs, awaiting.expiresAtMs);
  const at = {
    eventId: event.eventId,
    bookingId: held.id,
    actor: { kind: 'organizer' } as const,
    idempotencyKey: anId(),
    extensionMs: null,
  };
  assert.equal((await extendBooking(sales, at)).kind, 'wrong_state');
  const other = bookingIn(await hold(sales, event));
  const extended = bookingIn(await extendBooking(sales, { ...at, bookingId: other.id, idempotencyKey: anId() }));
  assert.equal(bookingIn(await goToPay(sales, event, other)).expiresAtMs, extended.expiresAtMs, 'who was extended is not again');
});

test('a hold that falls due while its buyer goes to pay is either expired or awaited, and paid or returned accordingly', async () => {
  const event = await openEvent(sales, priced, { holdLengthMs: HOLD_LENGTH_MS });
  const held = (await Promise.all(Array.from({ length: COUNT }, () => hold(sales, event)))).map(bookingIn);
  const lastMs = Math.max(...held.map((booking) => booking.expiresAtMs - booking.heldAtMs));
  await pause(lastMs - 30);
  const told = await Promise.all(held.map((booking, index) => pause(index * 2).then(() => goToPay(sales, event, booking))));
  for (const [index, outcome] of told.entries()) {
    if (outcome.kind === 'booking')
      assert.deepEqual([outcome.booking.state, outcome.booking.paymentRef], ['awaiting_payment', refOf(held[index]!.id)]);
    else assert.deepEqual(outcome, { kind: 'wrong_state', state: 'expired', move: 'pay' });
  }
  const paid = await Promise.all(held.map((booking) => pay(sales, event, booking)));
  assert.ok(
    paid.every((outcome) => outcome.kind === 'booking' && outcome.booking.state === 'confirmed'),
    'all of it is still there',
  );
  await assertSound(sales.db, event.eventId);
});
