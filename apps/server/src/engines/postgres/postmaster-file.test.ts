import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { disownStalePids, parsePostmaster, readPostmaster, runningPostmaster } from './postmaster-file.ts';

const data = mkdtempSync(join(tmpdir(), 'tessera-'));
after(() => rmSync(data, { recursive: true }));

function fileOf(pid: number, state: string): string {
  return [pid, data, 1_760_000_000, 5432, join(data, 'run'), '', '  12345678         9', `${state}   `, ''].join('\n');
}

test('pid and state are read from their lines', () => {
  assert.deepEqual(parsePostmaster(fileOf(4711, 'ready')), { pid: 4711, isReady: true });
  assert.deepEqual(parsePostmaster(fileOf(4711, 'starting')), { pid: 4711, isReady: false });
});

test('a file that is still being written counts as none', () => {
  assert.equal(parsePostmaster(''), null);
  assert.deepEqual(parsePostmaster('4711\n/data'), { pid: 4711, isReady: false });
});

test('no file, no server', () => {
  assert.equal(readPostmaster(data), null);
  assert.equal(runningPostmaster(data), null);
  disownStalePids({ data, run: data });
});

test('a pid that another living process has by now is no server, and is replaced by one that nobody has', () => {
  const path = join(data, 'postmaster.pid');
  const socketLock = join(data, '.s.PGSQL.5432.lock');
  writeFileSync(path, fileOf(process.pid, 'ready'));
  writeFileSync(socketLock, `${process.pid}\nrest`);
  assert.equal(runningPostmaster(data), null);
  disownStalePids({ data, run: data });
  const [pid, ...rest] = readFileSync(path, 'utf8').split('\n');
  assert.throws(() => process.kill(Number(pid), 0), { code: 'ESRCH' });
  assert.equal(readFileSync(socketLock, 'utf8'), `${pid}\nrest`, 'the socket has a lock file too');
  assert.deepEqual(rest, fileOf(process.pid, 'ready').split('\n').slice(1), 'PostgreSQL needs the other lines');
});
