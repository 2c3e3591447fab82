import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { openDatabaseProxy, type CommitFate } from '../../../../../../../test/faults/support/database-proxy.ts';
import { confirmBooking, extendBooking, LaneBusy, OutcomeUnknown, releaseBooking, type Booking } from '../../index.ts';
import { anId, bookingIn, hold, type EventUnderTest, type Wish } from '../../test/buyers.ts';
import { assertSound, countStates, readCounters } from '../../test/recount.ts';
import { openEvent, openSales } from '../../test/support.ts';

const FATES: readonly CommitFate[] = ['before', 'during', 'after'];

const sales = await openSales();
const proxy = await openDatabaseProxy(sales.url);
const lane = await openSales({ url: sales.url, laneUrl: proxy.url, settings: { deadlineMs: 500 } });
after(async () => {
  await lane.closeAll();
  await proxy.close();
  await sales.closeAll();
});

describe('when the answer to a COMMIT is lost, the batch is run again and tells the truth', () => {
  for (const fate of FATES) {
    test(`a hold, cut ${fate} the commit three times`, async () => {
      const event = await openEvent(sales, [{ capacity: 100 }]);
      const wish = { buyerKey: anId(), idempotencyKey: anId() };
      const before = proxy.struck();
      proxy.arm({ fate, times: 3 });
      const booking = bookingIn(await hold(lane, event, wish));
      // A repeat writes nothing, so that only what was not committed meets its fate again.
      const struck = proxy.struck() - before;
      proxy.arm({ fate, times: 0 });
      if (fate !== 'during') assert.equal(struck, fate === 'before' ? 3 : 1);
      const repeat = await hold(sales, event, wish);
      assert.ok(repeat.kind === 'booking' && repeat.replayed && repeat.booking.id === booking.id);
      assert.deepEqual(await countStates(sales.db, event.eventId), { held: 1 });
      await assertSound(sales.db, event.eventId);
    });

    test(`commands of every kind in one batch, cut ${fate} the commit`, async () => {
      const event = await openEvent(sales, [{ capacity: 100 }]);
      const held = await Promise.all(Array.from({ length: 3 }, () => hold(sales, event, { quantity: 2 })));
      const [toConfirm, toRelease, toExtend] = held.map((outcome) => bookingIn(outcome));
      assert.ok(toConfirm && toRelease && toExtend);
      const actor = { kind: 'organizer' } as const;
      const on = (booking: { id: string }) => ({ eventId: event.eventId, bookingId: booking.id, actor, idempotencyKey: anId() });
      const ids = { commandId: anId(), fingerprint: anId(), ticketTypeId: event.ticketTypeIds[0] ?? '' };
      proxy.arm({ fate });
      const outcomes = await Promise.all([
        hold(lane, event),
        confirmBooking(lane, { ...on(toConfirm), tender: 'external' }),
        releaseBooking(lane, on(toRelease)),
        extendBooking(lane, { ...on(toExtend), extensionMs: null }),
        lane.lanes.submit(event.eventId, { kind: 'set-aside', quantity: 10, ...ids }),
      ]);
      assert.deepEqual(
        outcomes.map((outcome) => outcome.kind),
        ['booking', 'booking', 'booking', 'booking', 'configured'],
      );
      const extended = bookingIn(outcomes[3]);
      assert.equal(extended.expiresAtMs - toExtend.expiresAtMs, 600_000, 'extended once');
      assert.deepEqual(await readCounters(sales.db, event.eventId), { capacity: 100, held: 3, sold: 2, setAside: 10 });
      await assertSound(sales.db, event.eventId);
    });

    test(`while the database is away after it was cut ${fate} the commit, nobody is told a verdict`, async () => {
      const event = await openEvent(sales, [{ capacity: 100 }]);
      const wish = { buyerKey: anId(), idempotencyKey: anId() };
      // At once, so that the next try, some milliseconds later, does not find the way open.
      proxy.arm({ fate, onStrike: () => setImmediate(() => proxy.setDown(true)) });
      await assert.rejects(hold(lane, event, wish), OutcomeUnknown);
      proxy.setDown(false);
      const repeat = await holdUntilKnown(event, wish);
      assert.equal(repeat.state, 'held');
      assert.deepEqual(await countStates(sales.db, event.eventId), { held: 1 });
      await assertSound(sales.db, event.eventId);
    });
  }
});

describe('when the database falls silent in mid-commit', () => {
  test('whoever waits is told that the outcome is unknown, and another server tells it', async () => {
    const event = await openEvent(sales, [{ capacity: 100 }]);
    const wish = { buyerKey: anId(), idempotencyKey: anId() };
    proxy.arm({ fate: 'silence' });
    await assert.rejects(hold(lane, event, wish), OutcomeUnknown);
    const repeat = await hold(sales, event, wish);
    assert.ok(repeat.kind === 'booking' && repeat.replayed);
    proxy.setDown(true);
    proxy.setDown(false);
    assert.equal((await holdUntilKnown(event, wish)).id, repeat.booking.id);
    assert.deepEqual(await countStates(sales.db, event.eventId), { held: 1 });
  });

  test('the server can still close', async () => {
    const event = await openEvent(sales, [{ capacity: 100 }]);
    const closing = await openSales({ url: sales.url, laneUrl: proxy.url, settings: { deadlineMs: 100 } });
    proxy.arm({ fate: 'silence' });
    await assert.rejects(hold(closing, event), OutcomeUnknown);
    const end = await Promise.race([closing.close(100).then(() => 'closed'), pause(5_000, 'still open', { ref: false })]);
    proxy.setDown(true);
    proxy.setDown(false);
    await closing.db.close();
    assert.equal(end, 'closed');
  });
});

/** Repeats a wish at the lane as a client does that is told to ask again: until it is not. */
async function holdUntilKnown(event: EventUnderTest, wish: Wish): Promise<Booking> {
  for (;;) {
    try {
      return bookingIn(await hold(lane, event, wish));
    } catch (error) {
      if (!(error instanceof LaneBusy || error instanceof OutcomeUnknown)) throw error;
    }
  }
}
