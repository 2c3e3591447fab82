import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from '../../apps/server/src/platform/processes.ts';
import { launchProgram, startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** The application in place of the real one answers `/slow?ms=` after so long; see there. */
const fake = { program: 'test/support/fake-server.ts' };

const root = temporaryFolder();
after(root.remove);
const home = (name: string): string => join(root.path, name);

async function askSlowly(server: TestServer, ms: number): Promise<string> {
  return (await fetch(`${server.url}/slow?ms=${ms}`)).text();
}

/** The processes that answer, asked until there are so many. */
async function answering(server: TestServer, count: number): Promise<Set<string>> {
  const pids = new Set<string>();
  const end = performance.now() + 20_000;
  while (pids.size < count) {
    assert.ok(performance.now() < end, `${pids.size} of ${count} processes answer`);
    const answers = await Promise.all(Array.from({ length: 10 }, () => askSlowly(server, 10)));
    for (const answer of answers) pids.add(answer.split(' ')[0] ?? '');
  }
  return pids;
}

async function until(condition: () => boolean): Promise<void> {
  const end = performance.now() + 20_000;
  while (!condition()) {
    assert.ok(performance.now() < end, 'it did not come true');
    await sleep(50);
  }
}

function assertAllGone(server: TestServer, postgresPid: number | null): void {
  assert.notEqual(postgresPid, null);
  assert.equal(isAlive(postgresPid ?? 0), false, 'PostgreSQL has ended');
  assert.equal(existsSync(join(server.home, 'server.json')), false);
}

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  for (const processes of ['1', '2']) {
    test(`${signal} with ${processes} processes: what is in flight is answered, then PostgreSQL ends, then the server`, async () => {
      const server = await startServer({ ...fake, folder: home(`${signal}${processes}`), args: ['--processes', processes] });
      const postgresPid = server.postgresPid();
      const answer = askSlowly(server, 800);
      await sleep(200);
      const stopped = server.stop(signal);
      assert.match(await answer, / demo 1$/);
      assert.deepEqual(await stopped, { status: 0, signal: null });
      assertAllGone(server, postgresPid);
    });
  }
}

test('Ctrl-C, which reaches every process of the terminal, and reaches some twice, is the same', async () => {
  const server = await startServer({ ...fake, folder: home('group'), args: ['--processes', '2'], wrap: ['setsid'] });
  const postgresPid = server.postgresPid();
  const answer = askSlowly(server, 800);
  await sleep(200);
  process.kill(-server.pid, 'SIGINT');
  await sleep(20);
  process.kill(-server.pid, 'SIGINT');
  assert.match(await answer, / demo 1$/);
  assert.deepEqual(await server.ended(), { status: 0, signal: null });
  assertAllGone(server, postgresPid);
});

test('what takes longer than it may is cut off', async () => {
  const server = await startServer({ ...fake, folder: home('late'), env: { TESSERA_SHUTDOWN_MS: '200' } });
  const answer = askSlowly(server, 60_000).catch(() => 'cut off');
  await sleep(200);
  assert.deepEqual(await server.stop(), { status: 0, signal: null });
  assert.equal(await answer, 'cut off');
});

test('a second signal, a moment later, ends it at once; PostgreSQL ends too and keeps its data', async () => {
  const server = await startServer({ ...fake, folder: home('hurry') });
  const postgresPid = server.postgresPid() ?? 0;
  const answer = askSlowly(server, 60_000).catch(() => 'cut off');
  await sleep(200);
  process.kill(server.pid, 'SIGINT');
  await sleep(1_200);
  process.kill(server.pid, 'SIGINT');
  assert.deepEqual(await server.ended(), { status: 130, signal: null });
  assert.equal(await answer, 'cut off');
  await until(() => !isAlive(postgresPid));
  const next = await startServer({ ...fake, folder: home('hurry') });
  assert.match(await askSlowly(next, 0), / demo 1$/);
  await next.stop();
});

test('a stop during the start is granted', async () => {
  const server = await startServer({ ...fake, folder: home('early') });
  await server.stop();
  for (const ms of [0, 30, 100, 300]) {
    const early = await launchProgram({ ...fake, folder: home('early') });
    await until(() => early.output().includes('Starting PostgreSQL'));
    await sleep(ms);
    const { status } = await early.stop();
    assert.equal(status, 0, early.output());
    assert.equal(existsSync(join(early.home, 'server.json')), false);
  }
});

test('after kill -9 of everything the next start recovers by itself', async () => {
  for (const processes of ['1', '2']) {
    const folder = home(`kill${processes}`);
    const killed = await startServer({ ...fake, folder, args: ['--processes', processes] });
    await killed.kill9('all');
    const next = await startServer({ ...fake, folder });
    assert.match(await askSlowly(next, 0), / demo 1$/);
    await next.stop();
  }
});

test('after kill -9 of the server alone the next start goes on with the PostgreSQL that still runs', async () => {
  const killed = await startServer({ ...fake, folder: home('adopt') });
  const postgresPid = killed.postgresPid();
  await killed.kill9('server');
  assert.equal(isAlive(postgresPid ?? 0), true);
  const next = await startServer({ ...fake, folder: home('adopt') });
  assert.equal(next.postgresPid(), postgresPid);
  assert.match(next.output(), /still ran from an earlier start/);
  await next.stop();
  assertAllGone(next, postgresPid);
});

test('after kill -9 of PostgreSQL the server starts it again and goes on', async () => {
  const server = await startServer({ ...fake, folder: home('postgres') });
  const postgresPid = server.postgresPid();
  await server.kill9('postgres');
  await until(() => server.output().includes('PostgreSQL runs again'));
  assert.notEqual(server.postgresPid(), postgresPid);
  assert.match(await askSlowly(server, 0), / demo 1$/);
  assert.equal((await server.stop()).status, 0);
});

test('a worker process that dies is replaced; when the first one is killed, the workers go too', async () => {
  const server = await startServer({ ...fake, folder: home('workers'), args: ['--processes', '2'] });
  const before = await answering(server, 2);
  const [victim] = [...before];
  process.kill(Number(victim), 'SIGKILL');
  await until(() => server.output().includes(`Worker ${victim} ended (SIGKILL)`));
  const now = await answering(server, 2);
  assert.equal(now.has(victim ?? ''), false);
  process.kill(server.pid, 'SIGKILL');
  await until(() => [...now].every((pid) => !isAlive(Number(pid))));
  const next = await startServer({ ...fake, folder: home('workers') });
  await next.stop();
});
