import assert from 'node:assert/strict';
import { after, beforeEach, describe, test } from 'node:test';
import { CommandFailed } from '../../index.ts';
import { bookingIn, countKinds, hold, type EventUnderTest } from '../../test/buyers.ts';
import { breakStatements, raise } from '../../test/break-statements.ts';
import { keepHead } from '../../test/keep-head.ts';
import { assertSound, countStates } from '../../test/recount.ts';
import { openEvent, openSales } from '../../test/support.ts';

const TABLES = ['sales.heads', 'sales.ticket_types', 'sales.bookings', 'sales.buyer_totals', 'sales.ledger', 'facts.facts'];
const TERMINATE = 'perform pg_terminate_backend(pg_backend_pid())';

let reruns = 0;
let bisections = 0;
const sales = await openSales({ telemetry: { rerun: () => (reruns += 1), bisect: () => (bisections += 1) } });
after(() => sales.closeAll());
beforeEach(() => {
  reruns = 0;
  bisections = 0;
});

/** Fifty holds in one batch, each executed once, whatever PostgreSQL did to the batch. */
async function holdFifty(event: EventUnderTest): Promise<void> {
  const outcomes = await Promise.all(Array.from({ length: 50 }, () => hold(sales, event)));
  assert.equal(outcomes.filter((outcome) => outcome.kind === 'booking' && !outcome.replayed).length, 50);
  assert.equal(new Set(outcomes.map((outcome) => bookingIn(outcome).id)).size, 50);
  assert.deepEqual(await countStates(sales.db, event.eventId), { held: 50 });
  await assertSound(sales.db, event.eventId);
}

describe('the same batch runs again, and each command is executed once, after', () => {
  for (const sqlState of ['40001', '40P01', '55P03', '57P01', '57014', '53100', '25006']) {
    for (const atCommit of [false, true]) {
      test(`SQLSTATE ${sqlState} ${atCommit ? 'at the commit' : 'in mid-batch'}`, async () => {
        const event = await openEvent(sales, [{ capacity: 1_000 }]);
        const breakage = await breakStatements(sales.db, { table: 'sales.bookings', times: 3, action: raise(sqlState), atCommit });
        await holdFifty(event);
        assert.equal(await breakage.mend(), 3);
        assert.deepEqual({ reruns, bisections }, { reruns: 3, bisections: 0 });
      });
    }
  }

  for (const table of TABLES) {
    test(`a backend terminated while it writes ${table}`, async () => {
      const event = await openEvent(sales, [{ capacity: 1_000 }]);
      const breakage = await breakStatements(sales.db, { table, times: 2, action: TERMINATE });
      await holdFifty(event);
      assert.equal(await breakage.mend(), 2);
      assert.deepEqual({ reruns, bisections }, { reruns: 2, bisections: 0 });
    });
  }

  test('a backend terminated at the commit', async () => {
    const event = await openEvent(sales, [{ capacity: 1_000 }]);
    const breakage = await breakStatements(sales.db, { table: 'sales.bookings', times: 2, action: TERMINATE, atCommit: true });
    await holdFifty(event);
    assert.equal(await breakage.mend(), 2);
    assert.deepEqual({ reruns, bisections }, { reruns: 2, bisections: 0 });
  });

  test('a head that stays locked for longer than the lane waits', async () => {
    const event = await openEvent(sales, [{ capacity: 1_000 }]);
    const kept = await keepHead(sales.url, event.eventId);
    const held = holdFifty(event);
    const firstRerun = async (): Promise<void> => {
      while (reruns === 0) await new Promise(setImmediate);
    };
    await firstRerun();
    await kept.release();
    await held;
    assert.equal(bisections, 0);
  });

  test('connections terminated while they are idle', async () => {
    const event = await openEvent(sales, [{ capacity: 1_000 }]);
    await sales.db.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'tessera-lane' and datname = current_database()",
    );
    await holdFifty(event);
  });
});

describe('a failed pipeline is never answered as a success', () => {
  for (const atCommit of [false, true]) {
    test(`when every command fails ${atCommit ? 'at the commit' : 'before the commit'}`, async () => {
      const event = await openEvent(sales, [{ capacity: 1_000 }]);
      const breakage = await breakStatements(sales.db, { table: 'sales.bookings', times: 1_000, action: raise('23514'), atCommit });
      const settled = await Promise.allSettled(Array.from({ length: 20 }, () => hold(sales, event)));
      await breakage.mend();
      assert.ok(settled.every((answer) => answer.status === 'rejected' && answer.reason instanceof CommandFailed));
      assert.deepEqual(await countStates(sales.db, event.eventId), {});
      await assertSound(sales.db, event.eventId);
    });
  }

  test('when the first tries fail with what looks like poison, all commands are served in parts', async () => {
    const event = await openEvent(sales, [{ capacity: 1_000 }]);
    const breakage = await breakStatements(sales.db, { table: 'facts.facts', times: 3, action: raise('23505'), atCommit: true });
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => hold(sales, event)));
    await breakage.mend();
    assert.deepEqual(countKinds(outcomes), { booking: 50 });
    assert.ok(bisections > 0);
    await assertSound(sales.db, event.eventId);
  });
});
