import assert from 'node:assert/strict';
import { test } from 'node:test';
import { collectCleanups } from './cleanups.ts';

test('all run in reverse order, also behind one that fails, whose failure is told', async () => {
  const done: string[] = [];
  const cleanups = collectCleanups();
  cleanups.add(() => void done.push('first'));
  cleanups.add(() => {
    throw new Error('broken');
  });
  cleanups.add(async () => void done.push('last'));
  await assert.rejects(cleanups.run(), { message: 'broken' });
  assert.deepEqual(done, ['last', 'first']);
  await cleanups.run();
});
