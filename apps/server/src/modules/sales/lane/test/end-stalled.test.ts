import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { openDatabaseProxy } from '../../../../../../../test/faults/support/database-proxy.ts';
import { openLaneConnection } from '../../../../platform/db/index.ts';
import type { Command } from '../../commands.ts';
import { anId, hold, placeCommand, type EventUnderTest } from '../../test/buyers.ts';
import { keepHead, untilLanesWait } from '../../test/keep-head.ts';
import { assertSound, countStates } from '../../test/recount.ts';
import { openEvent, openSales } from '../../test/support.ts';
import { endStalled } from '../../../../platform/lane/end-stalled.ts';
import { BatchFailed, executeBatch } from '../../../../platform/lane/execute-batch.ts';
import { lockHead } from '../../../../platform/lane/lock-head.ts';
import { readState } from '../read-state.ts';
import { LOCK_HEAD } from '../read-statements.ts';
import { SALE_BATCHES } from './sale-batches.ts';
import { ROLLBACK_CALL } from '../../../../platform/lane/lane-statements.ts';

/** With these lines the answers of a batch are some times what the sockets' buffers take. */
const TICKET_TYPES = 30;
const BOOKINGS = 500;
const LATEST_MS = 20_000;

const sales = await openSales();
const proxy = await openDatabaseProxy(sales.url);
const types = Array.from({ length: TICKET_TYPES }, () => ({ capacity: 10_000 }));
const event = await openEvent(sales, types);
const lines = event.ticketTypeIds.map((ticketTypeId) => ({ ticketTypeId, quantity: 1 }));
const placed = Array.from({ length: BOOKINGS }, () => placeCommand(event, { lines }));
await Promise.all(placed.map((command) => sales.lanes.submit(event.eventId, command)));
after(async () => {
  await sales.closeAll();
  await proxy.close();
});

function paidConfirm(bookingId: string): Command {
  return { kind: 'confirm', commandId: anId(), fingerprint: anId(), bookingId, actor: { kind: 'organizer' }, tender: 'external' };
}

const BATCHES: Readonly<Record<string, readonly Command[]>> = {
  'repeats of large bookings': placed,
  'paid confirmations': placed.map((command) => paidConfirm(command.bookingId)),
};

async function untilStalled(): Promise<void> {
  const text = `select from pg_stat_activity
    where datname = current_database() and application_name = 'tessera-lane' and wait_event = 'ClientWrite'`;
  while ((await sales.db.query(text)).length === 0) await pause(5);
}

describe('a server stopped before it reads more than its socket holds is ended by the next that needs the head', () => {
  for (const [name, commands] of Object.entries(BATCHES)) {
    test(name, { timeout: 60_000 }, async (context) => {
      // A server that is stopped does not notice the silence either.
      const stopped = await openLaneConnection(proxy.url, { silenceMs: 10 * LATEST_MS });
      const calls = [...lockHead(LOCK_HEAD, event.eventId), ...readState(event.eventId, commands).calls];
      // The first time its statements are prepared; the second time nobody reads the answers.
      await stopped.roundTrip(calls);
      await stopped.roundTrip([ROLLBACK_CALL]);
      proxy.setDeaf(true);
      const unread = Promise.allSettled([stopped.roundTrip(calls)]);
      try {
        await untilStalled();
        const startMs = performance.now();
        while ((await hold(sales, event).catch(() => null))?.kind !== 'booking') {
          assert.ok(performance.now() - startMs < LATEST_MS, 'the stopped server keeps the head');
        }
        context.diagnostic(`sold again ${(performance.now() - startMs).toFixed(0)} ms after the stop`);
      } finally {
        proxy.setDeaf(false);
        await stopped.close();
      }
      const [answer] = await unread;
      assert.equal(answer?.status, 'rejected', 'whoever was ended is not told that it went on');
      await assertSound(sales.db, event.eventId);
    });
  }
});

test('a server stopped when half of a trip has left it is ended too', { timeout: 60_000 }, async (context) => {
  const stopped = await openLaneConnection(proxy.url, { silenceMs: 10 * LATEST_MS });
  const half = Promise.withResolvers<number>();
  proxy.arm({ fate: 'held', onStrike: () => half.resolve(performance.now()) });
  const cut = executeBatch(stopped, { context: SALE_BATCHES, eventId: event.eventId, commands: [placeCommand(event)], lock: null });
  const ended = assert.rejects(cut, (error) => error instanceof BatchFailed && error.at === 'write');
  const startMs = await half.promise;
  while ((await hold(sales, event).catch(() => null))?.kind !== 'booking') {
    assert.ok(performance.now() - startMs < LATEST_MS, 'the stopped server keeps the head');
  }
  context.diagnostic(`sold again ${(performance.now() - startMs).toFixed(0)} ms after the stop`);
  await ended;
  await stopped.close();
  await assertSound(sales.db, event.eventId);
});

test('whoever waits for a lock, or keeps one without anything to send, is not ended', async () => {
  const other: EventUnderTest = await openEvent(sales, [{ capacity: 10 }]);
  const kept = await keepHead(sales.url, other.eventId);
  const waiting = hold(sales, other);
  await untilLanesWait(sales.url);
  assert.equal(await endStalled(sales.db), 0);
  await kept.release();
  await waiting;
  assert.deepEqual(await countStates(sales.db, other.eventId), { held: 1 });
});
