import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { compose, type App } from '../../apps/server/src/compose.ts';
import { loadConfig } from '../../apps/server/src/config.ts';
import { startSandbox, type Sandbox } from '../../apps/server/src/engines/payments/index.ts';
import { EVENT_STATES } from '../../apps/server/src/modules/sales/event-states.ts';
import { systemClock } from '../../apps/server/src/platform/clock/index.ts';
import { createDatabase, type TestDatabase } from '../support/database.ts';
import { repository } from '../support/repository.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const SECRET = 'the secret of the installation';
const access = { apiKey: 'a key of this test', account: 'acct_test', secrets: ['a secret of this test'] };
const folder = temporaryFolder();
const home = join(folder.path, '.tessera');

let database: TestDatabase;
let sandbox: Sandbox;
let app: App;
let origin: string;

before(async () => {
  database = await createDatabase();
  mkdirSync(home);
  sandbox = await startSandbox({
    ...{ ...access, mode: 'test', port: null, journalFolder: join(home, 'sandbox'), webhookUrls: null, durable: false, timePercent: 1 },
    ...{ clock: systemClock, random: () => 0.5, log: () => {} },
  });
  writeFileSync(join(home, 'secrets.json'), JSON.stringify({ internalSecret: SECRET }));
  app = await compose({
    config: loadConfig({ LOG_LEVEL: 'silent', HOST: '127.0.0.1', PORT: '0', TESSERA_HOME: home }),
    database: { url: database.url, directUrl: database.url },
    secrets: { serverKey: Buffer.alloc(32, 1), internalSecret: SECRET },
    payments: { ...access, url: sandbox.url },
  });
  await app.seedDemo();
  origin = `http://127.0.0.1:${(await app.listen()).port}`;
  sandbox.setWebhookUrls([`${origin}/webhooks/payments`]);
});
after(async () => {
  await app.close();
  await sandbox.close();
  await database.close();
  folder.remove();
});

/** Blocks of a page in a language. */
function blocksOf(page: string, language: string): string[] {
  const text = readFileSync(join(repository, page), 'utf8');
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))].map(([, block = '']) => block);
}

/** Runs the commands of a page as they are written, at the server of this test. Any that fails ends it. */
async function run(page: string): Promise<string> {
  const script = blocksOf(page, 'bash').join('\n').replaceAll('http://localhost:8080', origin);
  const checked = `set -euo pipefail\ncurl() { command curl --fail-with-body "$@"; }\n${script}`;
  const { stdout } = await promisify(execFile)('bash', ['-c', checked], { cwd: folder.path, timeout: 60_000 });
  return stdout;
}

/** Lines stand in the order of ids, which are others every time. */
function inOneOrder(charges: unknown): object {
  const { lines, ...others } = charges as { lines: { list_price_minor: number }[] };
  return { ...others, lines: lines.toSorted((one, other) => one.list_price_minor - other.list_price_minor) };
}

const written = (name: string) => JSON.parse(readFileSync(join(folder.path, name), 'utf8')) as Record<string, unknown>;

test('the commands of the README buy a free ticket and a paid one', async () => {
  const printed = await run('README.md');
  assert.match(printed, /"state":"confirmed"/);
  assert.match(printed, /"code":"T[^"]+"/);
  assert.match(printed, /"booking":\{"id":"bkg_[^{}]*"state":"confirmed"/);
  assert.match(printed, /"verdict":"clean"/);
});

test('the commands of docs/selling.md sell an event at the price that the page explains, give back and let in', async () => {
  await run('docs/selling.md');
  const { charges, total_minor: total } = written('quote.json');
  assert.deepEqual(inOneOrder(charges), inOneOrder(JSON.parse(blocksOf('docs/selling.md', 'json')[0] ?? '')));
  assert.equal(total, 7048);
  assert.deepEqual([written('paid.json')['state'], written('paid.json')['total_minor']], ['confirmed', 7048]);
  assert.deepEqual([written('refunded.json')['state'], written('refunded.json')['returned_tickets']], ['partially_refunded', [1, 2]]);
  assert.deepEqual([written('first-scan.json')['outcome'], written('second-scan.json')['outcome']], ['admitted', 'already_admitted']);
  assert.equal((written('desk.json')['tickets'] as object[]).length, 2);
  assert.deepEqual(written('purged.json'), { events: 1, has_more: false });
});

test('docs/selling.md tells the states of an event as they are', () => {
  const page = readFileSync(join(repository, 'docs/selling.md'), 'utf8');
  for (const [state, { isPublic, isSelling, next }] of Object.entries(EVENT_STATES)) {
    const [, seen, sells, becomes = ''] = new RegExp(`^\\| ${state} \\| (\\w+) \\| (\\w+) \\| (.*?) ?\\|$`, 'm').exec(page) ?? [];
    assert.deepEqual([seen, sells], [isPublic ? 'yes' : 'no', isSelling ? 'yes' : 'no'], state);
    assert.equal(becomes.replace(/^.*; /, ''), next.join(', '), state);
  }
});
