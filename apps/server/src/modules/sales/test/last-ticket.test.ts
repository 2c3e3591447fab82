import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { Client } from 'pg';
import { countKinds, hold } from './buyers.ts';
import { assertSound, readCounters } from './recount.ts';
import { openEvent, openSales } from './support.ts';

const BUYERS = 200;

const one = await openSales();
const other = await openSales({ url: one.url });
after(async () => {
  await other.closeAll();
  await one.closeAll();
});

test(`of ${BUYERS} buyers at two servers one gets the last ticket`, async () => {
  const event = await openEvent(one, [{ capacity: 1 }]);
  const outcomes = await Promise.all(Array.from({ length: BUYERS }, (_, buyer) => hold(buyer % 2 === 0 ? one : other, event)));
  assert.deepEqual(countKinds(outcomes), { booking: 1, sold_out: BUYERS - 1 });
  assert.deepEqual(await readCounters(one.db, event.eventId), { capacity: 1, held: 1, sold: 0, setAside: 0 });
  await assertSound(one.db, event.eventId);
});

test('a thousand tickets wanted three times over at two servers are sold once each', async () => {
  const event = await openEvent(one, [{ capacity: 1_000 }]);
  const wishes = Array.from({ length: 1_500 }, (_, buyer) => hold(buyer % 2 === 0 ? one : other, event, { quantity: 2, confirm: true }));
  assert.deepEqual(countKinds(await Promise.all(wishes)), { booking: 500, sold_out: 1_000 });
  assert.deepEqual(await readCounters(one.db, event.eventId), { capacity: 1_000, held: 0, sold: 1_000, setAside: 0 });
  await assertSound(one.db, event.eventId);
});

test(`negative control: the same race of ${BUYERS} buyers oversells when what is read is not guarded`, async () => {
  await one.db.query('create table unguarded (capacity int not null, sold int not null)');
  await one.db.query('insert into unguarded values (1, 0)');
  const buyers = Array.from({ length: 20 }, () => new Client({ connectionString: one.url }));
  await Promise.all(buyers.map((buyer) => buyer.connect()));
  // Each connection buys for ten buyers, one after the other; the connections run side by side as servers do.
  const sold = await Promise.all(buyers.map((buyer) => buyInTurn(buyer, BUYERS / 20)));
  await Promise.all(buyers.map((buyer) => buyer.end()));
  const winners = sold.reduce((sum, count) => sum + count, 0);
  assert.ok(winners > 1, `only ${winners} of ${BUYERS} got the last ticket, so the race was none`);
});

async function buyInTurn(client: Client, buyers: number): Promise<number> {
  let sold = 0;
  for (let buyer = 0; buyer < buyers; buyer += 1) {
    const { rows } = await client.query<{ left: number }>('select capacity - sold as left from unguarded');
    if (Number(rows[0]?.left) < 1) continue;
    await client.query('update unguarded set sold = sold + 1');
    sold += 1;
  }
  return sold;
}
