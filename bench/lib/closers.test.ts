import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { Closers } from './closers.ts';

test('closes last begun first, all of it, and tells the first failure', async () => {
  const closers = new Closers();
  const closed: number[] = [];
  for (const number of [1, 2, 3]) {
    closers.add(async () => {
      closed.push(number);
      if (number > 1) throw new Error(`${number} does not end`);
    });
  }
  await assert.rejects(closers.closeAll(), /3 does not end/);
  assert.deepEqual(closed, [3, 2, 1]);
});

test('whoever closes a second time waits for the end; what is begun meanwhile is refused and ended', async () => {
  const closers = new Closers();
  const closed: string[] = [];
  closers.add(async () => {
    await turn();
    closed.push('slow');
  });
  const first = closers.closeAll();
  await Promise.all([first, closers.closeAll()]);
  assert.throws(() => closers.add(async () => void closed.push('late')), /interrupted/);
  await closers.closeAll();
  assert.deepEqual(closed, ['slow', 'late']);
});
