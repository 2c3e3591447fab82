import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { openDatabaseProxy } from '../../../../../../../test/faults/support/database-proxy.ts';
import { openLaneConnection } from '../../../../platform/db/index.ts';
import { hold, placeCommand } from '../../test/buyers.ts';
import { makeDue } from '../../test/make-due.ts';
import { readCounters } from '../../test/recount.ts';
import { LANE_SETTINGS, openEvent, openSales } from '../../test/support.ts';
import { lockHead } from '../../../../platform/lane/lock-head.ts';
import { DUE_MAX, readState } from '../read-state.ts';
import { LOCK_HEAD } from '../read-statements.ts';
import { ROLLBACK_CALL } from '../../../../platform/lane/lane-statements.ts';

const LATEST_MS = 10_000;

const sales = await openSales();
const proxy = await openDatabaseProxy(sales.url);
after(async () => {
  await sales.closeAll();
  await proxy.close();
});

/**
 * A server that is stopped right after it has asked does not read its answers. What PostgreSQL cannot send keeps its
 * session at work, and no timeout ends that: so all answers of a batch must fit into the socket's buffers.
 */
test('a server stopped before it reads a full batch of repeats does not keep the head', async (context) => {
  const event = await openEvent(sales, [{ capacity: 100_000 }], { holdLengthMs: 1_000 });
  await Promise.all(Array.from({ length: DUE_MAX }, () => hold(sales, event)));
  const repeats = Array.from({ length: LANE_SETTINGS.batchMax }, () => placeCommand(event));
  await Promise.all(repeats.map((command) => sales.lanes.submit(event.eventId, command)));
  await makeDue(sales.db, event.eventId);
  const stopped = await openLaneConnection(proxy.url);
  const read = readState(event.eventId, [{ kind: 'expire', everything: true }, ...repeats]);
  const calls = [...lockHead(LOCK_HEAD, event.eventId), ...read.calls];
  // The first time its statements are prepared; the second time nobody reads the answers.
  const answers = await stopped.roundTrip(calls);
  assert.equal(answers.at(-1)?.rows.length, DUE_MAX + 1);
  await stopped.roundTrip([ROLLBACK_CALL]);
  proxy.setDeaf(true);
  const unread = Promise.allSettled([stopped.roundTrip(calls)]);
  await untilHeadIsKept(event.eventId);
  const startMs = performance.now();
  while ((await hold(sales, event).catch(() => null))?.kind !== 'booking') {
    assert.ok(performance.now() - startMs < LATEST_MS, 'the stopped server keeps the head');
  }
  context.diagnostic(`sold again ${(performance.now() - startMs).toFixed(0)} ms after the stop`);
  proxy.setDeaf(false);
  await unread;
  await stopped.close();
  assert.ok((await readCounters(sales.db, event.eventId)).held > 0);
});

async function untilHeadIsKept(eventId: string): Promise<void> {
  const free = 'select 1 from sales.heads where event_id = $1 for no key update skip locked';
  while ((await sales.db.query(free, [eventId])).length > 0) await pause(1);
}
