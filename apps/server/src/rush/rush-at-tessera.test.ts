import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createDatabase, type TestDatabase } from '../../../../test/support/database.ts';
import { temporaryFolder } from '../../../../test/support/temporary-folder.ts';
import { compose, type App } from '../compose.ts';
import { loadConfig } from '../config.ts';
import { buildSandboxClient, startSandbox, type PaymentProvider, type Sandbox } from '../engines/payments/index.ts';
import { systemClock } from '../platform/clock/index.ts';
import { PAY_ENDS } from './pay/way-book.ts';
import { reportOf } from './report.ts';
import { runRush } from './run-rush.ts';

const secret = 'a secret of this test';
const access = { apiKey: 'the key of this test', account: 'acct_rush', secrets: ['the webhook secret of this test'] };
/** Half a minute late is then later than every hold, and soon over. */
const TIME_PERCENT = 10;
const folder = temporaryFolder();
let sandbox: Sandbox;
let provider: PaymentProvider;
let database: TestDatabase;
let app: App;
let url: URL;

before(async () => {
  database = await createDatabase();
  sandbox = await startSandbox({
    ...{ mode: 'test', port: 0, journalFolder: folder.path, ...access, webhookUrls: null, durable: false, timePercent: TIME_PERCENT },
    ...{ clock: systemClock, random: Math.random, log: (line: string) => process.stderr.write(`${line}\n`) },
  });
  const payments = { url: sandbox.url, ...access };
  provider = buildSandboxClient(payments);
  const config = loadConfig({ PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'silent' });
  const secrets = { serverKey: Buffer.alloc(32, 1), internalSecret: secret };
  app = await compose({ config, database: { url: database.url, directUrl: database.url }, secrets, payments });
  const { port } = await app.listen();
  sandbox.setWebhookUrls([`http://127.0.0.1:${port}/webhooks/payments`]);
  url = new URL(`http://127.0.0.1:${port}`);
});

after(async () => {
  await app?.close();
  provider?.close();
  await sandbox?.close();
  folder.remove();
  await database?.close();
});

const screen = { isTTY: false, write: () => {} };

for (const [buyers, capacity] of [
  [200, 50],
  [150, 1_000],
] as const) {
  test(`a rush of ${buyers} buyers at ${capacity} tickets keeps every promise`, async (t) => {
    const seed = 20_261;
    t.diagnostic(`seed ${seed}`);
    const books = { listMovements: provider.listMovements, reconcile: null };
    const options = { url, secret, books, connections: 40, holdSeconds: 1, patienceMs: 20_000, clock: systemClock, screen };
    const result = await runRush({ ...options, buyers, capacity, seed });
    const { ways } = result.world;
    t.diagnostic(PAY_ENDS.map((end) => `${end} ${ways.total(end)}`).join(', '));
    assert.deepEqual(result.world.promises.breaches(), [], reportOf(result));
    assert.equal(result.world.bookings.sold, Math.min(capacity, result.demand));
    assert.equal(ways.total('unknown'), 0);
    assert.ok(ways.total('tickets') > 0);
    assert.equal(result.verdict.ticketsRead, result.world.bookings.sold);
    assert.equal(result.verdict.audit, 'clean');
    assert.match(result.verdict.moneyAudit, /^clean/);
  });
}
