import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { openDatabaseProxy } from '../../../../../../../test/faults/support/database-proxy.ts';
import { CommandFailed, confirmBooking, OutcomeUnknown, type BookingOutcome, type Refusal } from '../../index.ts';
import { anId, bookingIn, hold, type EventUnderTest } from '../../test/buyers.ts';
import { breakStatements, raise } from '../../test/break-statements.ts';
import { assertSound } from '../../test/recount.ts';
import { openEvent, openSales, type SalesUnderTest } from '../../test/support.ts';

const sales = await openSales();
const proxy = await openDatabaseProxy(sales.url);
const lane = await openSales({ url: sales.url, laneUrl: proxy.url });
after(async () => {
  await lane.closeAll();
  await proxy.close();
  await sales.closeAll();
});

type Ask = (at: SalesUnderTest) => Promise<BookingOutcome | Refusal>;

const COMMANDS: Readonly<Record<string, (event: EventUnderTest) => Promise<Ask>>> = {
  hold: async (event) => {
    const wish = { buyerKey: anId(), idempotencyKey: anId() };
    return (at) => hold(at, event, wish);
  },
  'paid confirmation': async (event) => {
    const { id } = bookingIn(await hold(sales, event));
    const request = { eventId: event.eventId, bookingId: id, actor: { kind: 'organizer' }, idempotencyKey: anId() } as const;
    return (at) => confirmBooking(at, { ...request, tender: 'external' });
  },
};

/** The deadline answers so too; only who has seen the failing try knows its SQLSTATE. */
function isUnknownBecauseOf(sqlState: string) {
  return (error: unknown): boolean => {
    assert.ok(error instanceof OutcomeUnknown, String(error));
    assert.ok(error.cause instanceof Error && 'code' in error.cause, 'the deadline has answered');
    assert.equal(error.cause.code, sqlState);
    return true;
  };
}

/**
 * Lets the next transaction that writes a booking take the quotas away when it commits: it succeeds, and every one after
 * it fails to read them, with the given SQLSTATE. Answers how to put them back.
 */
async function failReadingAfterNextCommit(sqlState: string): Promise<() => Promise<void>> {
  await sales.db.query(`create function sales.refuse() returns setof sales.quotas language plpgsql as $$ begin ${raise(sqlState)}; end $$`);
  const action = 'alter table sales.quotas rename to quotas_away; create view sales.quotas as select * from sales.refuse()';
  const breakage = await breakStatements(sales.db, { table: 'sales.bookings', times: 1, action });
  return async () => {
    await breakage.mend();
    await sales.db.query('drop view sales.quotas');
    await sales.db.query('alter table sales.quotas_away rename to quotas');
    await sales.db.query('drop function sales.refuse');
  };
}

describe('a command that fails alone after a COMMIT of unknown fate has an unknown outcome', () => {
  for (const [name, prepare] of Object.entries(COMMANDS)) {
    for (const sqlState of ['22003', '23514', '42501']) {
      test(`a ${name}, SQLSTATE ${sqlState} when it runs again`, async () => {
        const event = await openEvent(sales, [{ capacity: 10 }]);
        const ask = await prepare(event);
        const mend = await failReadingAfterNextCommit(sqlState);
        const struckBefore = proxy.struck();
        proxy.arm({ fate: 'after' });
        await assert.rejects(ask(lane), isUnknownBecauseOf(sqlState));
        assert.equal(proxy.struck(), struckBefore + 1);
        await assert.rejects(ask(lane), CommandFailed, 'of what fails before any COMMIT the outcome is known');
        await mend();
        const repeat = await ask(lane);
        assert.ok(repeat.kind === 'booking' && repeat.replayed, 'it had been executed all the time');
        await assertSound(sales.db, event.eventId);
      });
    }
  }
});
