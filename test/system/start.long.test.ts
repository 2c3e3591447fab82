import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from '../../apps/server/src/platform/processes.ts';
import { countOf, rotationSeed } from '../support/counts.ts';
import { startPostgres } from '../support/postgres.ts';
import { launchProgram, startServer } from '../support/server.ts';
import type { ServerOptions } from '../support/server.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const root = temporaryFolder();
after(root.remove);
const home = (name: string): string => join(root.path, name);

async function eventIds(url: string): Promise<string[]> {
  const response = await fetch(`${url}/api/v1/events`);
  assert.equal(response.status, 200);
  const { data } = (await response.json()) as { data: { id: string }[] };
  return data.map((event) => event.id).sort();
}

/** Starts what must refuse to start, and answers the lines it gave as reason. */
async function refusal(options: ServerOptions): Promise<string[]> {
  const program = await launchProgram(options);
  const { status } = await program.ended();
  assert.equal(status, 1, program.output());
  assert.doesNotMatch(program.output(), /^\s+at /m, 'a reason, not a stack');
  return program.output().trim().split('\n');
}

test('the first start makes everything, the second finds it again', async () => {
  const first = await startServer({ folder: home('twice') });
  const ids = await eventIds(first.url);
  const secrets = readFileSync(join(first.home, 'secrets.json'), 'utf8');
  assert.equal(ids.length, 3, 'three demo events');
  assert.deepEqual(await first.stop(), { status: 0, signal: null });
  const second = await startServer({ folder: home('twice') });
  assert.deepEqual(await eventIds(second.url), ids);
  assert.equal(readFileSync(join(first.home, 'secrets.json'), 'utf8'), secrets);
  await second.stop();
});

test('a second start from the same folder is refused and says where the first one runs; the first goes on', async () => {
  const first = await startServer({ folder: home('same') });
  const lines = await refusal({ folder: home('same') });
  assert.equal(lines.length, 1);
  assert.match(lines[0] ?? '', new RegExp(`^Tessera already runs at http://localhost:${first.port} from .* \\(process ${first.pid}\\)\\.`));
  assert.equal((await eventIds(first.url)).length, 3);
  await first.stop();
});

test('a taken port is told before anything is begun', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const port = String((other.address() as AddressInfo).port);
  const lines = await refusal({ folder: home('port'), env: { PORT: port } });
  assert.deepEqual(lines.length, 1);
  assert.match(lines[0] ?? '', new RegExp(`^Port ${port} is taken`));
  assert.deepEqual(readdirSync(home('port')), []);
  other.close();
});

test('unknown and wrong settings and flags are told, all at once, and nothing is written', async () => {
  const env = { TESSERA_HOEM: '/x', TESSERA_ROLES: 'cook', DATABASE_URL: 'mysql://x' };
  assert.equal((await refusal({ folder: home('wrong'), env })).length, 3);
  assert.equal((await refusal({ folder: home('wrong'), args: ['--prot=80'] })).length, 1);
  assert.equal((await refusal({ folder: home('wrong'), args: ['srve'] })).length, 1);
  assert.equal(existsSync(home('wrong')), false);
});

test('a home that is a file is told', async () => {
  writeFileSync(home('file'), '');
  assert.match((await refusal({ folder: home('file') })).join(), /is not a folder/);
});

test('a database that does not answer is told in one sentence', async () => {
  const lines = await refusal({ folder: home('far'), env: { DATABASE_URL: 'postgres://me@127.0.0.1:1/tessera' } });
  assert.equal(lines.length, 1);
  assert.match(lines[0] ?? '', /^The database of DATABASE_URL cannot be used: .*ECONNREFUSED/);
});

test('DATABASE_URL replaces the embedded server, and gets demo events only when asked to', async () => {
  const postgres = await startPostgres();
  const env = { DATABASE_URL: postgres.url };
  const plain = await startServer({ folder: home('given'), env });
  assert.deepEqual(await eventIds(plain.url), []);
  await plain.stop();
  assert.deepEqual(readdirSync(home('given')), ['sandbox', 'secrets.json']);
  for (let round = 0; round < 2; round += 1) {
    const demo = await startServer({ folder: home('given'), env, args: ['--demo'] });
    assert.equal((await eventIds(demo.url)).length, 3);
    await demo.stop();
  }
  assert.equal(isAlive(postgres.pid()), true);
  await postgres.stop();
});

test('the lock file of a server that is gone does not stop a start, nor does a damaged one', async () => {
  mkdirSync(home('stale'));
  for (const text of [JSON.stringify({ pid: 1, identity: 'another boot/1', url: 'http://localhost:1' }), '{"pid":']) {
    writeFileSync(join(home('stale'), 'server.json'), text);
    const server = await startServer({ folder: home('stale') });
    await server.stop();
  }
});

test('two checkouts run side by side, also from a folder with a very long path', async () => {
  const servers = await Promise.all([startServer({ folder: home('left') }), startServer({ folder: join(home('right'), 'r'.repeat(120)) })]);
  for (const server of servers) assert.equal((await eventIds(server.url)).length, 3);
  await Promise.all(servers.map((server) => server.stop()));
});

test('a first start that is killed at any moment leaves nothing that the next cannot go on from', async () => {
  const rounds = countOf('first starts killed', 20);
  for (let round = 0; round < rounds; round += 1) {
    const folder = home(`killed-${round}`);
    const killed = await launchProgram({ folder });
    // Spread over the whole first start: the process itself, initdb, migration, demo events.
    await sleep(150 + ((rotationSeed() + Math.floor((round * 3_000) / rounds)) % 3_000));
    await killed.kill9('all');
    const server = await startServer({ folder });
    assert.equal((await eventIds(server.url)).length, 3);
    await server.stop();
    assert.deepEqual(
      readdirSync(join(folder, 'postgres')).filter((name) => name.startsWith('data.new')),
      [],
    );
  }
});
