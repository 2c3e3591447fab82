import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { signIn } from '../hostile/sign-in.ts';
import { repository } from '../support/repository.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

type Told = { status: number; output: string; problems: string };

/** Runs `admin` as a program of its own. */
function admin(home: string, ...args: string[]): Promise<Told> {
  const env = { PATH: process.env['PATH'], TESSERA_HOME: home };
  const program = join(repository, 'apps/server/src/main.ts');
  return new Promise((resolve) => {
    execFile(process.execPath, [program, 'admin', ...args], { env }, (error, output, problems) => {
      resolve({ status: Number(error?.code ?? 0), output, problems });
    });
  });
}

function sender({ url }: TestServer) {
  return async (method: string, path: string, { body }: { body: unknown }) => {
    const response = await fetch(url + path, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
}

test('the command works on the embedded database, whether its server runs or not', async () => {
  const folder = temporaryFolder();
  const homeless = await admin(folder.path, 'list');
  assert.deepEqual([homeless.status, homeless.output], [1, '']);
  assert.match(homeless.problems, /TESSERA_SERVER_KEY/);
  const server = await startServer({ folder: folder.path, env: { TESSERA_DEMO: 'false', LOG_LEVEL: 'warn' } });
  const unknown = await admin(folder.path, 'create', '--email', 'ada@example.org');
  assert.deepEqual([unknown.status, /^There is no account under ada@example.org/.test(unknown.problems)], [1, true]);
  const { accessToken } = await signIn(server, sender(server), 'ada@example.org');
  const codeNow = async () => {
    const answer = await fetch(`${server.url}/api/v1/operator/operators`, { headers: { authorization: `Bearer ${accessToken}` } });
    return ((await answer.json()) as { code: string }).code;
  };
  assert.equal(await codeNow(), 'NOT_FOUND');
  const created = await admin(folder.path, 'create', '--email', 'ada@example.org');
  assert.equal(created.status, 0, created.problems);
  assert.match(created.output, /^ada@example.org is an operator now.\nThe role opens nothing yet/);
  assert.equal(await codeNow(), 'ACCOUNTS_SECOND_FACTOR_NEEDED', 'the running server knows at once');
  await server.stop();
  const listed = await admin(folder.path, 'list');
  assert.match(listed.output, /ada@example.org {2}Somebody/);
  const removed = await admin(folder.path, 'remove', '--email', 'ada@example.org');
  assert.deepEqual([removed.status, /ada@example.org is no operator any more/.test(removed.output)], [0, true], removed.problems);
  const again = await startServer({ folder: folder.path, env: { TESSERA_DEMO: 'false', LOG_LEVEL: 'warn' } });
  await again.stop();
  folder.remove();
});
