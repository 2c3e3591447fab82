import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { countKinds, hold, type EventUnderTest } from '../../test/buyers.ts';
import { keepHead, untilLanesWait } from '../../test/keep-head.ts';
import { assertSound } from '../../test/recount.ts';
import { openEvent, openSales } from '../../test/support.ts';

/** A stuck event gives its connection back when its lock is not granted, after two seconds. */
const LATEST_MS = 10_000;

const sales = await openSales();
after(() => sales.closeAll());

const anEvent = (): Promise<EventUnderTest> => openEvent(sales, [{ capacity: 100 }]);

describe('as many stuck events as there are connections do not stop the others', () => {
  for (const connections of [1, 8]) {
    test(`${connections} of ${connections}`, async (context) => {
      // Nobody who waits for a stuck event is given up before this test is over.
      const lanes = await openSales({ url: sales.url, settings: { connections, deadlineMs: 60_000 } });
      context.after(() => lanes.closeAll());
      const stuck = await Promise.all(Array.from({ length: connections }, anEvent));
      const kept = await Promise.all(stuck.map((event) => keepHead(sales.url, event.eventId)));
      let servedStuck = 0;
      const waiting = stuck.map((event) => hold(lanes, event).finally(() => (servedStuck += 1)));
      try {
        await untilLanesWait(sales.url, connections);
        for (let count = 0; count < 2; count += 1) {
          const quiet = await anEvent();
          const startMs = performance.now();
          const outcome = await Promise.race([hold(lanes, quiet), pause(LATEST_MS, { kind: 'still waiting' }, { ref: false })]);
          assert.equal(outcome.kind, 'booking');
          context.diagnostic(`sold after ${(performance.now() - startMs).toFixed(0)} ms beside ${connections} stuck`);
        }
        assert.equal(servedStuck, 0, 'the events were not stuck');
      } finally {
        await Promise.all(kept.map((each) => each.release()));
      }
      assert.deepEqual(countKinds(await Promise.all(waiting)), { booking: connections });
      for (const event of stuck) await assertSound(sales.db, event.eventId);
    });
  }
});
