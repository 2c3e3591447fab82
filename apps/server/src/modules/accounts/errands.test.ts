import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildLog } from '../../platform/telemetry/index.ts';
import { buildErrands } from './errands.ts';

const never = () => new Promise<void>(() => {});

test('too many errands are refused, and those that hang make room', { timeout: 10_000 }, async () => {
  const errands = buildErrands(buildLog('silent'), { max: 2, errandMaxMs: 50 });
  errands.run('Waiting', never);
  errands.run('Waiting', never);
  assert.throws(() => errands.run('Waiting', never), { code: 'UNAVAILABLE' });
  await errands.settled(5_000);
  errands.run('Waiting', never);
});

test('whoever waits for the end of errands hears of those begun meanwhile, and does not wait for ever', { timeout: 10_000 }, async () => {
  const errands = buildErrands(buildLog('silent'));
  let isDone = false;
  errands.run('Beginning another', async () => {
    await new Promise((resolve) => setTimeout(resolve, 10));
    errands.run('Ending', async () => {
      await new Promise((resolve) => setTimeout(resolve, 10));
      isDone = true;
    });
  });
  errands.run('Failing', () => Promise.reject(new Error('a mail that was not sent')));
  await errands.settled(5_000);
  assert.ok(isDone);
  errands.run('Waiting', never);
  await errands.settled(20);
});
