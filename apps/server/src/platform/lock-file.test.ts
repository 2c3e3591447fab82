import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { readLock, takeLock } from './lock-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'tessera-'));
after(() => rmSync(folder, { recursive: true }));

test('the second one hears who holds it and what the holder says', () => {
  const path = join(folder, 'a.json');
  const first = takeLock(path, { word: 'starting' });
  assert.equal(first.kind, 'taken');
  if (first.kind !== 'taken') return;
  first.lock.write({ word: 'ready' });
  const second = takeLock(path, { word: 'me too' });
  assert.equal(second.kind === 'held' && second.holder.word, 'ready');
  assert.equal(second.kind === 'held' && second.holder.pid, process.pid);
  first.lock.release();
  assert.equal(readLock(path), null);
});

test('a lock whose process has ended, or whose pid another one has by now, is taken over', () => {
  const stale = [
    { pid: 999_999_999, identity: 'x/1' },
    { pid: process.pid, identity: 'another boot/1' },
  ];
  for (const [index, holder] of stale.entries()) {
    const path = join(folder, `stale-${index}.json`);
    writeFileSync(path, JSON.stringify(holder));
    assert.equal(readLock(path), null);
    assert.equal(takeLock(path, {}).kind, 'taken');
  }
});

test('a damaged file is held by nobody', () => {
  for (const [index, text] of ['', '{"pid":', 'null', '7'].entries()) {
    const path = join(folder, `damaged-${index}.json`);
    writeFileSync(path, text);
    assert.equal(takeLock(path, {}).kind, 'taken', JSON.stringify(text));
  }
});

test('of many processes that want a stale lock at once, one gets it, and no file is left beside it', async () => {
  const path = join(folder, 'race.json');
  writeFileSync(path, JSON.stringify({ pid: 999_999_999, identity: 'x/1' }));
  const program = `
    import { takeLock } from ${JSON.stringify(join(import.meta.dirname, 'lock-file.ts'))};
    process.stdin.once('data', () => {
      process.stdout.write(takeLock(${JSON.stringify(path)}, {}).kind);
      setTimeout(() => process.exit(), 1000);
    });
    process.stdout.write('.');
  `;
  const children = Array.from({ length: 6 }, () => spawn(process.execPath, ['--input-type=module', '--eval', program]));
  await Promise.all(children.map((child) => once(child.stdout, 'data')));
  const answers = children.map(async (child) => String((await once(child.stdout, 'data'))[0]));
  for (const child of children) child.stdin.write('go');
  assert.deepEqual((await Promise.all(answers)).sort(), ['held', 'held', 'held', 'held', 'held', 'taken']);
  await Promise.all(children.map((child) => once(child, 'exit')));
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.startsWith('race')),
    ['race.json'],
  );
});
