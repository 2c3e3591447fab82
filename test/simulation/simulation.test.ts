import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { expireDueEvents } from '../../apps/server/src/modules/sales/index.ts';
import { rotationSeed } from '../support/counts.ts';
import { openServers } from './open-servers.ts';
import { plan } from './plan.ts';
import { simulate } from './simulate.ts';

/**
 * The seeded simulation: a virtual crowd and its organizers against three servers on one database. The seed is printed;
 * `TEST_SEED=<seed> node --test test/simulation/simulation.test.ts` sends the same operations in the same rounds. What
 * the machine does with those that run at the same time may differ: the model accepts any order that explains the answers.
 * simulation.long.test.ts does fifty times as much, or a share of that.
 */
const OPERATIONS = 1_000;

const seed = rotationSeed();
const servers = await openServers(3);
after(() => servers.close());

test(`${OPERATIONS} operations of seed ${seed} on three servers agree with the model`, async () => {
  const tally = await simulate({ seed, operations: OPERATIONS, db: servers.db, servers: servers.submits });
  assert.ok((tally.get('place: booking') ?? 0) > 0);
});

test('what is due is given back once the crowd has gone', async () => {
  const [row] = await servers.db.query<{ now: Date }>('select clock_timestamp() as now');
  await expireDueEvents(servers.sales);
  const rows = await servers.db.query(`select id from sales.bookings where state = 'held' and expires_at <= $1`, [row!.now]);
  assert.deepEqual(rows, []);
});

test('a seed plans the same, another seed something else', () => {
  const planned = (of: number) => plan({ seed: of, operations: 500, servers: 3 });
  assert.deepEqual(planned(seed), planned(seed));
  assert.notDeepEqual(planned(seed), planned(seed + 1));
});
