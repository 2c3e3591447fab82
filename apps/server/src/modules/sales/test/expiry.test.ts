import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { expireDueEvents, type SalesModule } from '../index.ts';
import { hold, type EventUnderTest } from './buyers.ts';
import { makeDue } from './make-due.ts';
import { assertSound, countStates, readCounters } from './recount.ts';
import { openEvent, openSales } from './support.ts';

/** Promise (f) says one second; a busy machine may take longer, but what takes this long has not been done at all. */
const LATEST_MS = 5_000;
const HOLD_LENGTH_MS = 1_000;

const one = await openSales();
const other = await openSales({ url: one.url });
const third = await openSales({ url: one.url });
one.start();
after(async () => {
  await third.closeAll();
  await other.closeAll();
  await one.closeAll();
});

/** Milliseconds from the moment at which the last hold fell due until no ticket is held. */
async function msUntilBack(eventId: string): Promise<number> {
  for (;;) {
    const [row = []] = await one.db.queryRows(
      `select extract(epoch from clock_timestamp() - max(b.expires_at))::float8 * 1000,
        (select sum(t.held)::int from sales.ticket_types t where t.event_id = $1)
      from sales.bookings b where b.event_id = $1 and b.state in ('held', 'expired')`,
      [eventId],
    );
    const [sinceDueMs, held] = row.map(Number);
    assert.ok(sinceDueMs !== undefined && sinceDueMs < LATEST_MS, `${held} tickets are still held ${sinceDueMs} ms after they fell due`);
    if (held === 0) return sinceDueMs;
    await pause(10);
  }
}

async function holdSome(sales: SalesModule, count: number): Promise<EventUnderTest> {
  const event = await openEvent(sales, [{ capacity: count }], { holdLengthMs: HOLD_LENGTH_MS });
  const outcomes = await Promise.all(Array.from({ length: count }, () => hold(sales, event)));
  assert.ok(outcomes.every((outcome) => outcome.kind === 'booking'));
  return event;
}

test('tickets of an event that nobody buys from are back', async (context) => {
  const event = await holdSome(one, 100);
  context.diagnostic(`100 tickets of an idle event were back ${(await msUntilBack(event.eventId)).toFixed(0)} ms after they fell due`);
  assert.deepEqual(await countStates(one.db, event.eventId), { expired: 100 });
  await assertSound(one.db, event.eventId);
});

test('thousands of tickets that fall due together are back', async (context) => {
  const event = await holdSome(one, 4_000);
  context.diagnostic(`4,000 tickets of an idle event were back ${(await msUntilBack(event.eventId)).toFixed(0)} ms after they fell due`);
  await assertSound(one.db, event.eventId);
});

test('a sweep does not stop before everything due is given back', async () => {
  const event = await openEvent(other, [{ capacity: 1_000 }]);
  await Promise.all(Array.from({ length: 1_000 }, () => hold(other, event)));
  await makeDue(other.db, event.eventId);
  await expireDueEvents(other);
  assert.deepEqual(await readCounters(other.db, event.eventId), { capacity: 1_000, held: 0, sold: 0, setAside: 0 });
});

test('tickets of an event that somebody buys from are back, and are sold again', async (context) => {
  const event = await holdSome(one, 100);
  const buyingUntilMs = performance.now() + HOLD_LENGTH_MS + LATEST_MS;
  let sold = 0;
  while (sold < 100 && performance.now() < buyingUntilMs) {
    const outcome = await hold(other, event, { confirm: true });
    if (outcome.kind === 'booking') sold += 1;
  }
  assert.equal(sold, 100, 'not all tickets came back');
  context.diagnostic(
    `100 tickets of a busy event were back and sold, all ${(await msUntilBack(event.eventId)).toFixed(0)} ms after they fell due`,
  );
  await assertSound(one.db, event.eventId);
});

test('three servers give each ticket back once', async (context) => {
  other.start();
  third.start();
  const event = await holdSome(one, 300);
  context.diagnostic(
    `300 tickets swept by three servers were back ${(await msUntilBack(event.eventId)).toFixed(0)} ms after they fell due`,
  );
  const [row = []] = await one.db.queryRows("select count(*)::int from sales.ledger where event_id = $1 and kind = 'expire'", [
    event.eventId,
  ]);
  assert.equal(row[0], 300);
  await assertSound(one.db, event.eventId);
});
