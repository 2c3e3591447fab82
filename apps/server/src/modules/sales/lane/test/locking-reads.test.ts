import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { Client } from 'pg';
import { anId, countKinds, hold, type EventUnderTest } from '../../test/buyers.ts';
import { assertSound } from '../../test/recount.ts';
import { openEvent, openSales } from '../../test/support.ts';

const BUYER_MAX = 1;

const sales = await openSales();
const other = await openSales({ url: sales.url });
const first = await connect();
const second = await connect();
after(async () => {
  await Promise.all([first.end(), second.end()]);
  await other.closeAll();
  await sales.closeAll();
});

async function connect(): Promise<Client> {
  const client = new Client({ connectionString: sales.url });
  await client.connect();
  return client;
}

const LOCK = 'select 1 from sales.heads where event_id = $1 for no key update';
const TOTAL = 'select coalesce(sum(quantity), 0)::int as total from sales.buyer_totals where event_id = $1 and buyer_key = $2';
/** Lock and limit in one statement: what the lane does not do. */
const LOCK_AND_TOTAL = `select (${TOTAL}) as total from sales.heads where event_id = $1 for no key update`;

type Race = { event: EventUnderTest; buyerKey: string; lockAndRead: (client: Client) => Promise<number> };

/** A naive server: locks, reads the buyer's total, and takes a ticket if the limit allows it. */
async function begin(client: Client, { lockAndRead }: Race): Promise<boolean> {
  await client.query('begin');
  return (await lockAndRead(client)) < BUYER_MAX;
}

async function finish(client: Client, { event, buyerKey }: Race, isAllowed: boolean): Promise<void> {
  const row = [event.eventId, buyerKey, event.ticketTypeIds[0]];
  if (isAllowed) {
    await client.query(
      `insert into sales.buyer_totals as t (event_id, buyer_key, ticket_type_id, quantity) values ($1, $2, $3, 1)
       on conflict (event_id, buyer_key, ticket_type_id) do update set quantity = t.quantity + 1`,
      row,
    );
  }
  await client.query('commit');
}

/** Two servers at once, the second of which waits for the lock of the first. Answers the tickets that the buyer has then. */
async function race(lockAndRead: (event: EventUnderTest, buyerKey: string) => Race['lockAndRead']): Promise<number> {
  const event = await openEvent(sales, [{ capacity: 10 }]);
  const buyerKey = anId();
  const run: Race = { event, buyerKey, lockAndRead: lockAndRead(event, buyerKey) };
  const isFirstAllowed = await begin(first, run);
  const isSecondAllowed = begin(second, run);
  await untilBlocked(sales.url);
  await finish(first, run, isFirstAllowed);
  await finish(second, run, await isSecondAllowed);
  const { rows } = await first.query<{ total: number }>(TOTAL, [event.eventId, buyerKey]);
  return rows[0]?.total ?? 0;
}

async function untilBlocked(url: string): Promise<void> {
  const watcher = new Client({ connectionString: url });
  await watcher.connect();
  const blocked = "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
  while ((await watcher.query(blocked)).rowCount === 0);
  await watcher.end();
}

describe('the limit of a buyer, when two servers meet at the head', () => {
  test('negative control: read in the locking statement it is broken', async () => {
    const total = await race((event, buyerKey) => async (client) => {
      const { rows } = await client.query<{ total: number }>(LOCK_AND_TOTAL, [event.eventId, buyerKey]);
      return rows[0]?.total ?? 0;
    });
    assert.equal(total, 2, 'the locking statement sees the snapshot from before its wait');
  });

  test('read by a later statement it holds', async () => {
    const total = await race((event, buyerKey) => async (client) => {
      await client.query(LOCK, [event.eventId]);
      const { rows } = await client.query<{ total: number }>(TOTAL, [event.eventId, buyerKey]);
      return rows[0]?.total ?? 0;
    });
    assert.equal(total, BUYER_MAX);
  });

  test('through the lanes of two servers it holds', async () => {
    const event = await openEvent(sales, [{ capacity: 1_000 }], { buyerMax: 3 });
    const buyers = Array.from({ length: 20 }, anId);
    const wishes = buyers.flatMap((buyerKey) =>
      Array.from({ length: 10 }, (_, at) => hold(at % 2 === 0 ? sales : other, event, { buyerKey })),
    );
    assert.deepEqual(countKinds(await Promise.all(wishes)), { booking: 60, limit: 140 });
    await assertSound(sales.db, event.eventId);
  });
});
