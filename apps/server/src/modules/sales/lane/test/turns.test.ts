import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { countKinds, hold } from '../../test/buyers.ts';
import { keepHead, untilLanesWait } from '../../test/keep-head.ts';
import { openEvent, openSales } from '../../test/support.ts';

/** One connection for all events, so that their turns can be seen. */
const sales = await openSales();
const narrow = await openSales({ url: sales.url, settings: { connections: 1, batchMax: 10 } });
const pair = await openSales({ url: sales.url, settings: { connections: 2, batchMax: 10 } });
after(async () => {
  await Promise.all([narrow.closeAll(), pair.closeAll()]);
  await sales.closeAll();
});

test('a hot event gives way to a quiet one after each batch', async () => {
  const hot = await openEvent(sales, [{ capacity: 1_000 }]);
  const quiet = await openEvent(sales, [{ capacity: 10 }]);
  let soldHot = 0;
  const crowd = Array.from({ length: 500 }, () =>
    hold(narrow, hot).then((outcome) => {
      soldHot += 1;
      return outcome;
    }),
  );
  await hold(narrow, quiet);
  assert.ok(soldHot <= 20, `the quiet event waited for ${soldHot} of the hot one’s holds, two batches are ten each`);
  assert.deepEqual(countKinds(await Promise.all(crowd)), { booking: 500 });
});

test('events are served in the order in which they began to wait', async () => {
  const events = [];
  for (let count = 0; count < 8; count += 1) events.push(await openEvent(sales, [{ capacity: 10 }]));
  const served: number[] = [];
  await Promise.all(events.map((event, at) => hold(narrow, event).then(() => served.push(at))));
  assert.deepEqual(served, [0, 1, 2, 3, 4, 5, 6, 7]);
});

test('an event that is stuck keeps one connection, and no more', async () => {
  const stuck = await openEvent(sales, [{ capacity: 100 }]);
  const kept = await keepHead(sales.url, stuck.eventId);
  const waiting = Array.from({ length: 30 }, () => hold(pair, stuck));
  await untilLanesWait(sales.url);
  for (let count = 0; count < 10; count += 1) {
    const quiet = await openEvent(sales, [{ capacity: 10 }]);
    assert.equal((await hold(pair, quiet)).kind, 'booking');
  }
  await kept.release();
  assert.deepEqual(countKinds(await Promise.all(waiting)), { booking: 30 });
});
