import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { isAlive } from '../../platform/processes.ts';
import { StartProblem } from '../../platform/start-problem.ts';
import { runningEmbeddedUrl, startEmbeddedPostgres } from './index.ts';
import type { EmbeddedOptions } from './index.ts';

const root = mkdtempSync(join(tmpdir(), 'tessera-'));
after(() => rmSync(root, { recursive: true }));

const start = (name: string, options: Partial<EmbeddedOptions> = {}) =>
  startEmbeddedPostgres({ folder: join(root, name), durable: false, log: () => {}, ...options });

async function ask(url: string, text: string): Promise<unknown[][]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<unknown[]>({ text, rowMode: 'array' })).rows;
  } finally {
    await client.end();
  }
}

test('a server left behind is adopted with its data, and one with other settings is started again', async () => {
  const first = await start('a');
  assert.equal(first.created, true);
  await ask(first.url, 'create table kept (word text)');
  const second = await start('a');
  assert.deepEqual([second.adopted, second.created, second.pid()], [true, false, first.pid()]);
  const third = await start('a', { connectionsMax: 77 });
  assert.equal(third.adopted, false);
  assert.equal(isAlive(first.pid()), false);
  assert.deepEqual(await ask(third.url, 'show max_connections'), [['77']]);
  assert.deepEqual(await ask(third.url, 'select count(*)::int from kept'), [[0]]);
  // The first two would start it again when it ends.
  first.abandon();
  second.abandon();
  await third.stop();
  assert.equal(isAlive(third.pid()), false);
});

test('programs beside it find the server that runs in a folder, while it runs', async () => {
  assert.equal(runningEmbeddedUrl(join(root, 'nowhere')), null);
  for (const name of ['beside', `beside-${'long'.repeat(30)}`]) {
    const server = await start(name);
    const url = runningEmbeddedUrl(join(root, name));
    assert.equal(url, server.url);
    assert.deepEqual(await ask(url ?? '', 'select 1'), [[1]]);
    await server.stop();
    assert.equal(runningEmbeddedUrl(join(root, name)), null);
  }
});

test('a server that is killed is started again, with what was committed', async () => {
  const server = await start('b', { durable: true });
  await ask(server.url, 'create table kept as select 7 as number');
  const killed = server.pid();
  process.kill(killed, 'SIGKILL');
  while (server.pid() === killed) await sleep(20);
  assert.deepEqual(await ask(server.url, 'select number from kept'), [[7]]);
  await server.stop();
});

test('what a killed first start has left is removed', async () => {
  mkdirSync(join(root, 'c', 'data.new-0000', 'base'), { recursive: true });
  mkdirSync(join(root, 'c', 'data'));
  const server = await start('c');
  assert.deepEqual(readdirSync(join(root, 'c')).sort(), ['data', 'postgres.log', 'run']);
  await server.stop();
});

test('files that are no database are left alone', async () => {
  mkdirSync(join(root, 'd', 'data'), { recursive: true });
  writeFileSync(join(root, 'd', 'data', 'thesis.txt'), 'all of it');
  await assert.rejects(start('d'), StartProblem);
  assert.deepEqual(readdirSync(join(root, 'd', 'data')), ['thesis.txt']);
});

test('a path with spaces and quotes works', async () => {
  const server = await start(`it's "my" folder, really $HOME`);
  assert.deepEqual(await ask(server.url, 'select 1'), [[1]]);
  await server.stop();
});

test('without user namespaces it starts too, and finds its data again', async () => {
  const first = await start('e', { namespaces: 'forbidden' });
  await ask(first.url, 'create table kept as select 7 as number');
  await first.stop();
  const second = await start('e', { namespaces: 'forbidden' });
  assert.deepEqual(await ask(second.url, 'select number from kept'), [[7]]);
  await second.stop();
  rmSync(dirname(realpathSync(join(root, 'e', 'data'))), { recursive: true });
});
