import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { CommandFailed, expireDueEvents } from '../index.ts';
import { hold } from './buyers.ts';
import { keepHead } from './keep-head.ts';
import { makeDue } from './make-due.ts';
import { readCounters } from './recount.ts';
import { openEvent, openSales } from './support.ts';

/** Older than what a sweep looks back to, so that only a full one finds it. */
const FALL_DUE_LONG_AGO =
  "update sales.bookings set expires_at = statement_timestamp() - interval '1 hour' where event_id = $1 and state = 'held'";

const LATEST_MS = 5_000;

// Nobody who waits for the stuck event is given up before this test is over.
const sales = await openSales({ settings: { deadlineMs: 60_000 } });
sales.start();
after(() => sales.closeAll());

async function untilBack(eventId: string): Promise<number> {
  const startMs = performance.now();
  while ((await readCounters(sales.db, eventId)).held > 0) {
    assert.ok(performance.now() - startMs < LATEST_MS, 'the tickets of a quiet event are not given back');
    await pause(10);
  }
  return performance.now() - startMs;
}

test('an event that is stuck does not keep the tickets of the others', async (context) => {
  const stuck = await openEvent(sales, [{ capacity: 10 }]);
  const quiet = await openEvent(sales, [{ capacity: 10 }]);
  await hold(sales, stuck);
  await hold(sales, quiet);
  await makeDue(sales.db, stuck.eventId);
  const kept = await keepHead(sales.url, stuck.eventId);
  try {
    while (!sales.lanes.isBusy(stuck.eventId)) await pause(10);
    await makeDue(sales.db, quiet.eventId);
    context.diagnostic(`back ${(await untilBack(quiet.eventId)).toFixed(0)} ms after it fell due, beside a stuck event`);
  } finally {
    await kept.release();
  }
  await untilBack(stuck.eventId);
});

test('an event whose expiry fails does not keep the tickets of the others', async () => {
  const broken = await openEvent(sales, [{ capacity: 10 }]);
  const quiet = await openEvent(sales, [{ capacity: 10 }]);
  await hold(sales, broken);
  await sales.db.query('update sales.bookings set line_quantities = array[1000] where event_id = $1', [broken.eventId]);
  await makeDue(sales.db, broken.eventId);
  await assert.rejects(expireDueEvents(sales), CommandFailed);
  await hold(sales, quiet);
  await makeDue(sales.db, quiet.eventId);
  await untilBack(quiet.eventId);
});

test('a full sweep does not wait for an event that is stuck either, nor do the ones after it', async (context) => {
  const starting = await openSales({ url: sales.url, settings: { deadlineMs: 60_000 } });
  context.after(() => starting.closeAll());
  // The first sweep of a server is a full one; the other server's has passed.
  const [stuck, later, ...quiet] = await Promise.all(Array.from({ length: 8 }, () => openEvent(sales, [{ capacity: 10 }])));
  assert.ok(stuck && later);
  for (const event of [stuck, later, ...quiet]) await hold(sales, event);
  const kept = await keepHead(sales.url, stuck.eventId);
  try {
    for (const event of [stuck, ...quiet]) {
      await sales.db.query(FALL_DUE_LONG_AGO, [event.eventId]);
    }
    starting.start();
    for (const event of quiet) await untilBack(event.eventId);
    await makeDue(sales.db, later.eventId);
    await untilBack(later.eventId);
    assert.ok(starting.lanes.isBusy(stuck.eventId), 'the event was not stuck');
  } finally {
    await kept.release();
  }
  await untilBack(stuck.eventId);
});
