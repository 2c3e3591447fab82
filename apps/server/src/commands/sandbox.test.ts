import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { onProcessEnd } from '../../../../test/support/on-process-end.ts';
import { repository } from '../../../../test/support/repository.ts';
import { temporaryFolder } from '../../../../test/support/temporary-folder.ts';

/** Runs `sandbox`; `onLine` is told what it prints first. Answers its exit status and all it printed. */
async function runSandbox(t: TestContext, env: Record<string, string>, onLine: (stop: () => void, line: string) => Promise<void> | void) {
  const child = spawn(process.execPath, [join(repository, 'apps/server/src/main.ts'), 'sandbox'], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  t.after(onProcessEnd(() => child.kill('SIGKILL')));
  const pieces: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (piece: string) => pieces.push(piece));
  child.stdout.once('data', (line: string) => void onLine(() => child.kill('SIGINT'), line));
  const [status] = (await once(child, 'close')) as [number | null];
  return { status, output: pieces.join('') };
}

function home(t: TestContext): string {
  const folder = temporaryFolder();
  t.after(folder.remove);
  return folder.path;
}

test('it runs by itself until it is asked to stop', async (t) => {
  const answers: boolean[] = [];
  const { status, output } = await runSandbox(t, { TESSERA_HOME: join(home(t), 'new') }, async (stop, line) => {
    const url = /ready: (\S+)\. No money moves/.exec(line)?.[1] ?? '';
    answers.push((await fetch(`${url}/health`)).ok);
    stop();
  });
  assert.deepEqual([status, answers], [0, [true]], output);
});

test('live mode and a home that is a file are refused in one sentence', async (t) => {
  const folder = home(t);
  writeFileSync(join(folder, 'file'), '');
  for (const [env, sentence] of [
    [{ TESSERA_HOME: folder, TESSERA_MODE: 'live' }, /^The payment sandbox moves no money: .*TESSERA_MODE=live.*\n$/],
    [{ TESSERA_HOME: join(folder, 'file') }, /^\S+ is not a folder\. .*\n$/],
  ] as const) {
    const { status, output } = await runSandbox(t, env, (stop) => stop());
    assert.equal(status, 1);
    assert.match(output, sentence);
  }
});
