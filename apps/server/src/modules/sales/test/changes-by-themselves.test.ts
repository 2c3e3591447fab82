import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { configure, expireDueEvents, readSale, type SaleTerms } from '../index.ts';
import { anId, hold, type EventUnderTest } from './buyers.ts';
import { assertSound } from './recount.ts';
import { openEvent, openSales } from './support.ts';

/** Promised is a second; a busy machine may take longer, but what takes this long has not been done at all. */
const LATEST_MS = 5_000;
const SOON_MS = 700;

const idle = await openSales();
const one = await openSales({ url: idle.url });
const other = await openSales({ url: idle.url });
after(async () => {
  await other.closeAll();
  await one.closeAll();
  await idle.closeAll();
});

async function nowMs(): Promise<number> {
  const [row = []] = await idle.db.queryRows('select floor(extract(epoch from clock_timestamp()) * 1000)::float8');
  return Number(row[0]);
}

/** An event with the terms, set up while it was a draft. */
async function plan(terms: Partial<SaleTerms>): Promise<EventUnderTest> {
  const event = await openEvent(idle, [{ capacity: 10 }], { state: 'draft' });
  const outcome = await configure(idle, event.eventId, { kind: 'change-sale', commandId: anId(), fingerprint: anId(), changes: terms });
  assert.equal(outcome.kind, 'configured');
  return event;
}

async function stateOf({ eventId }: EventUnderTest): Promise<string | undefined> {
  return (await readSale(idle, eventId))?.terms.state;
}

/** The facts about the event's state: each change is told once. */
async function factsOf({ eventId }: EventUnderTest): Promise<string[]> {
  const rows = await idle.db.queryRows("select type from facts.facts where event_id = $1 and type like 'event.%' order by seq", [eventId]);
  return rows.map(([type]) => String(type));
}

test('the first batch behind its time puts an event on sale and sells, and no batch before', async () => {
  const event = await plan({ state: 'scheduled', publishAtMs: (await nowMs()) + SOON_MS });
  assert.equal((await hold(idle, event)).kind, 'unknown_event');
  await pause(SOON_MS + 50);
  assert.equal(await stateOf(event), 'scheduled', 'nobody has looked yet');
  assert.equal((await hold(idle, event)).kind, 'booking');
  assert.equal(await stateOf(event), 'on_sale');
  assert.deepEqual(await factsOf(event), ['event.scheduled', 'event.on_sale']);
  await assertSound(idle.db, event.eventId);
});

test('the first batch behind its time ends an event, though it refuses all it was asked', async () => {
  const event = await plan({ state: 'on_sale', endsAtMs: (await nowMs()) + SOON_MS });
  assert.equal((await hold(idle, event)).kind, 'booking');
  await pause(SOON_MS + 50);
  assert.deepEqual(await hold(idle, event), { kind: 'not_on_sale', reason: 'event_state', ticketTypeId: null, opensInMs: null });
  assert.equal(await stateOf(event), 'ended');
  assert.deepEqual(await factsOf(event), ['event.on_sale', 'event.ended']);
  await assertSound(idle.db, event.eventId);
});

test('what has been called off does not come back by itself', async () => {
  const atMs = await nowMs();
  const event = await plan({ state: 'scheduled', publishAtMs: atMs + SOON_MS, endsAtMs: atMs + SOON_MS + 1 });
  await configure(idle, event.eventId, { kind: 'change-sale', commandId: anId(), fingerprint: anId(), changes: { state: 'cancelled' } });
  await pause(SOON_MS + 50);
  await expireDueEvents(idle);
  assert.deepEqual([await stateOf(event), await factsOf(event)], ['cancelled', ['event.scheduled', 'event.cancelled']]);
});

test('events that nobody looks at go on sale and end, told once, though two servers sweep', async (context) => {
  one.start();
  other.start();
  const dueMs = (await nowMs()) + 1_500;
  const opening = await Promise.all(Array.from({ length: 20 }, () => plan({ state: 'scheduled', publishAtMs: dueMs })));
  const ending = await Promise.all(Array.from({ length: 20 }, () => plan({ state: 'on_sale', endsAtMs: dueMs })));
  const passing = await plan({ state: 'scheduled', publishAtMs: dueMs - 1, endsAtMs: dueMs });
  assert.ok((await nowMs()) < dueMs, 'they were planned in time');
  const ids = [...opening, ...ending, passing].map((event) => event.eventId);
  const told =
    'select count(*)::int, extract(epoch from max(at))::float8 * 1000 from facts.facts where event_id = any($1) and seq > 2 and at >= $2';
  for (;;) {
    const [row = []] = await idle.db.queryRows(told, [ids, new Date(dueMs - 1)]);
    const lateMs = (await nowMs()) - dueMs;
    if (Number(row[0]) >= 42) {
      context.diagnostic(`41 idle events had changed ${(Number(row[1]) - dueMs).toFixed(0)} ms after their time`);
      break;
    }
    assert.ok(lateMs < LATEST_MS, `only ${row[0]} of 42 changes were made ${lateMs} ms after their time`);
    await pause(10);
  }
  await pause(SOON_MS);
  for (const event of opening)
    assert.deepEqual([await stateOf(event), await factsOf(event)], ['on_sale', ['event.scheduled', 'event.on_sale']]);
  for (const event of ending) assert.deepEqual([await stateOf(event), await factsOf(event)], ['ended', ['event.on_sale', 'event.ended']]);
  assert.deepEqual(await factsOf(passing), ['event.scheduled', 'event.on_sale', 'event.ended']);
  const [left = []] = await idle.db.queryRows('select count(*)::int from sales.heads where next_change_at <= clock_timestamp()');
  assert.equal(left[0], 0, 'no sweep finds them again');
});
