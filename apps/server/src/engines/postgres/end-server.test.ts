import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { isAlive } from '../../platform/processes.ts';
import { askToEnd, endServer } from './end-server.ts';

const data = mkdtempSync(join(tmpdir(), 'tessera-'));
after(() => rmSync(data, { recursive: true, force: true }));

test('a process that has the number of a server that is gone is left alone', async () => {
  const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  const ended = new Promise((resolve) => other.once('exit', resolve));
  const pid = other.pid ?? 0;
  try {
    askToEnd({ pid, data });
    await endServer({ pid, data });
    assert.equal(isAlive(pid), true);
  } finally {
    other.kill('SIGKILL');
    await ended;
  }
});

test('a server that is gone has ended', async () => {
  askToEnd({ pid: 999_999_999, data });
  await endServer({ pid: 999_999_999, data });
});
