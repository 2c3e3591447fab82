import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { hold } from './buyers.ts';
import { makeDue } from './make-due.ts';
import { readCounters } from './recount.ts';
import { openEvent, openSales, type SalesUnderTest } from './support.ts';

const LATEST_MS = 5_000;
const DAY_MS = 86_400_000;

const sales = await openSales();
after(() => sales.closeAll());

async function untilHeldIs(lanes: SalesUnderTest, eventId: string, count: number): Promise<void> {
  const startMs = performance.now();
  while ((await readCounters(lanes.db, eventId)).held !== count) {
    assert.ok(performance.now() - startMs < LATEST_MS, 'what is due is not given back');
    await pause(10);
  }
}

describe('a server whose clock is wrong gives back what is due, and nothing else', () => {
  const clocks = { 'since 1970': () => 0, 'by a day': () => Date.now() - DAY_MS, 'by a day in advance': () => Date.now() + DAY_MS };
  for (const [name, nowMs] of Object.entries(clocks)) {
    test(`wrong ${name}`, async (context) => {
      const wrong = await openSales({ url: sales.url });
      context.after(() => wrong.closeAll());
      const [first, second, notDue] = await Promise.all([1, 2, 3].map(() => openEvent(sales, [{ capacity: 10 }])));
      assert.ok(first && second && notDue);
      for (const event of [first, second, notDue]) await hold(sales, event);
      context.mock.timers.enable({ apis: ['Date'], now: nowMs() });
      await makeDue(sales.db, first.eventId);
      wrong.start();
      await untilHeldIs(wrong, first.eventId, 0);
      // The first sweep looks at everything; the ones after it only at what has just fallen due.
      await makeDue(sales.db, second.eventId);
      await untilHeldIs(wrong, second.eventId, 0);
      assert.equal((await readCounters(sales.db, notDue.eventId)).held, 1);
    });
  }
});
