import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { commandLine, isAlive, processIdentity } from './processes.ts';

test('this process is alive and stays the same', () => {
  assert.equal(isAlive(process.pid), true);
  assert.equal(processIdentity(process.pid), processIdentity(process.pid));
  assert.match(commandLine(process.pid) ?? '', /node/);
});

test('another process has another identity, and none once it has ended', async () => {
  const child = spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1000)']);
  const pid = child.pid ?? -1;
  const identity = processIdentity(pid);
  assert.notEqual(identity, null);
  child.kill('SIGKILL');
  await once(child, 'exit');
  assert.equal(isAlive(pid), false);
  assert.equal(processIdentity(pid), null);
  assert.equal(commandLine(pid) || null, null);
});
