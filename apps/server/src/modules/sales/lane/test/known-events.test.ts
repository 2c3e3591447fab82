import assert from 'node:assert/strict';
import { after, test, type TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { openDatabaseProxy } from '../../../../../../../test/faults/support/database-proxy.ts';
import { expireDueEvents, LaneBusy } from '../../index.ts';
import { anId, bookingIn, countKinds, hold, placeCommand } from '../../test/buyers.ts';
import { openEvent, openSales, type SalesUnderTest } from '../../test/support.ts';

const INVENTED = 2_000;
/** What one query asks for at most. */
const ASKED_MAX = 10_000;

const sales = await openSales();
after(() => sales.closeAll());

type Observed = { lanes: SalesUnderTest; batches: () => number; queries: () => number };

/** A server of its own, which knows no event yet, with counts of what it asks of the database. */
async function observe(context: TestContext): Promise<Observed> {
  let batches = 0;
  const lanes = await openSales({ url: sales.url, telemetry: { batch: () => (batches += 1) } });
  context.after(() => lanes.closeAll());
  const { mock } = context.mock.method(lanes.db, 'query');
  return { lanes, batches: () => batches, queries: () => mock.callCount() };
}

async function countLaneSessions(): Promise<number> {
  const text = "select from pg_stat_activity where datname = current_database() and application_name = 'tessera-lane'";
  return (await sales.db.query(text)).length;
}

test('invented events cost neither a lane nor a transaction, and one query for all', async (context) => {
  const existing = await openEvent(sales, [{ capacity: 10 }]);
  const { lanes, batches, queries } = await observe(context);
  const sessionsBefore = await countLaneSessions();
  const ids = Array.from({ length: INVENTED }, anId);
  const asked = ids.map((eventId) => lanes.lanes.submit(eventId, placeCommand(existing)));
  assert.ok(ids.every((eventId) => !lanes.lanes.isBusy(eventId)));
  assert.deepEqual(countKinds(await Promise.all(asked)), { unknown_event: INVENTED });
  assert.deepEqual({ batches: batches(), queries: queries(), depth: lanes.lanes.depth() }, { batches: 0, queries: 1, depth: 0 });
  assert.equal(await countLaneSessions(), sessionsBefore, 'a lane has connected');
});

test('the event that exists is sold among them, and is not asked for again', async (context) => {
  const existing = await openEvent(sales, [{ capacity: 100 }]);
  const { lanes, batches, queries } = await observe(context);
  const submit = (eventId: string) => lanes.lanes.submit(eventId, placeCommand(existing));
  const asked = Array.from({ length: INVENTED }, (_, at) => submit(at % 100 === 0 ? existing.eventId : anId()));
  assert.deepEqual(countKinds(await Promise.all(asked)), { unknown_event: INVENTED - 20, booking: 20 });
  assert.deepEqual([queries(), batches()], [1, 1]);
  await submit(existing.eventId);
  assert.deepEqual([queries(), batches()], [1, 2]);
});

test('an event that did not exist a moment ago is found', async (context) => {
  const { lanes } = await observe(context);
  const event = await openEvent(sales, [{ capacity: 10 }]);
  const { eventId } = event;
  const later = anId();
  assert.equal((await lanes.lanes.submit(later, placeCommand(event))).kind, 'unknown_event');
  await sales.db.query('insert into sales.heads select (jsonb_populate_record(h, $2)).* from sales.heads h where event_id = $1', [
    eventId,
    JSON.stringify({ event_id: later, fact_seq: 0, ledger_seq: 0 }),
  ]);
  assert.equal((await lanes.lanes.submit(later, placeCommand(event))).kind, 'unknown_ticket_type');
  assert.equal((await hold(lanes, event)).kind, 'booking');
});

test('more at once than one query takes are told to ask again', async (context) => {
  const existing = await openEvent(sales, [{ capacity: 10 }]);
  const { lanes } = await observe(context);
  const asked = Array.from({ length: ASKED_MAX + 100 }, () => lanes.lanes.submit(anId(), placeCommand(existing)));
  const settled = await Promise.allSettled(asked);
  assert.equal(settled.filter((answer) => answer.status === 'fulfilled' && answer.value.kind === 'unknown_event').length, ASKED_MAX);
  assert.equal(settled.filter((answer) => answer.status === 'rejected' && answer.reason instanceof LaneBusy).length, 100);
  assert.equal((await hold(lanes, existing)).kind, 'booking');
});

test('while the database is away nobody is told that an event does not exist', async (context) => {
  const event = await openEvent(sales, [{ capacity: 10 }]);
  const proxy = await openDatabaseProxy(sales.url);
  const lanes = await openSales({ url: proxy.url });
  context.after(async () => {
    await lanes.closeAll();
    await proxy.close();
  });
  proxy.setDown(true);
  const answers = await Promise.allSettled([
    hold(lanes, event),
    ...Array.from({ length: 20 }, () => lanes.lanes.submit(anId(), placeCommand(event))),
  ]);
  assert.ok(answers.every((answer) => answer.status === 'rejected' && answer.reason instanceof LaneBusy));
  proxy.setDown(false);
  bookingIn(await hold(lanes, event));
  assert.equal(await expireDueEvents(lanes), 0);
});

test('a server that has closed answers whoever had to be looked up, and whoever comes', async (context) => {
  const event = await openEvent(sales, [{ capacity: 10 }]);
  const lanes = await openSales({ url: sales.url });
  context.after(() => lanes.db.close());
  const { query } = lanes.db;
  let goOn = (): void => {};
  const isLookedUp = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  context.mock.method(lanes.db, 'query', async (text: string, values: string[]) => {
    await isLookedUp;
    return query(text, values);
  });
  const release = { kind: 'release', commandId: anId(), fingerprint: anId(), bookingId: anId(), actor: { kind: 'organizer' } } as const;
  const early = [hold(lanes, event), lanes.lanes.submit(event.eventId, release)];
  await lanes.close(50);
  goOn();
  const settled = Promise.allSettled([...early, lanes.lanes.submit(event.eventId, { ...release, commandId: anId() })]);
  const answers = await Promise.race([settled, pause(5_000, null, { ref: false })]);
  assert.ok(
    answers?.every((answer) => answer.status === 'rejected' && answer.reason instanceof LaneBusy),
    'somebody waits for ever',
  );
});
