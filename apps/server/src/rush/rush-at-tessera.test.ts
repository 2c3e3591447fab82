import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createDatabase, type TestDatabase } from '../../../../test/support/database.ts';
import { compose, type App } from '../compose.ts';
import { loadConfig } from '../config.ts';
import { systemClock } from '../platform/clock/index.ts';
import { reportOf } from './report.ts';
import { runRush } from './run-rush.ts';

const secret = 'a secret of this test';
let database: TestDatabase;
let app: App;
let url: URL;

before(async () => {
  database = await createDatabase();
  const config = loadConfig({ PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'silent' });
  const secrets = { serverKey: Buffer.alloc(32, 1), internalSecret: secret };
  app = await compose({ config, database: { url: database.url, directUrl: database.url }, secrets });
  const { port } = await app.listen();
  url = new URL(`http://127.0.0.1:${port}`);
});

after(async () => {
  await app?.close();
  await database?.close();
});

const screen = { isTTY: false, write: () => {} };

for (const [buyers, capacity] of [
  [200, 50],
  [20, 500],
] as const) {
  test(`a rush of ${buyers} buyers at ${capacity} tickets keeps every promise`, async (t) => {
    const seed = 20_261;
    t.diagnostic(`seed ${seed}`);
    const result = await runRush({ url, secret, buyers, capacity, seed, connections: 40, holdSeconds: 1, clock: systemClock, screen });
    assert.deepEqual(result.world.promises.breaches(), [], reportOf(result));
    assert.equal(result.world.bookings.sold, Math.min(capacity, result.demand));
    assert.equal(result.verdict.audit, 'clean');
  });
}
