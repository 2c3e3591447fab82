import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StartProblem } from '../platform/start-problem.ts';
import type { Sabotage } from '../rush/fake-sale.ts';
import { startFakeTessera } from '../rush/fake-tessera.ts';
import { run } from './rush.ts';

async function statusAt(sabotage: Sabotage | null): Promise<number> {
  const fake = await startFakeTessera(sabotage);
  const flags = ['--buyers', '60', '--capacity', '40', '--seed', '3', '--hold-seconds', '1', '--secret', 's', '--target', fake.url.origin];
  try {
    return await run(flags);
  } finally {
    await fake.close();
  }
}

test('the exit status is 0 where every promise is kept', async () => {
  assert.equal(await statusAt(null), 0);
});

test('the exit status is 1 where a key gives two bookings, and where a booking is lost', async () => {
  assert.deepEqual(await Promise.all([statusAt('two bookings for one key'), statusAt('loses a booking')]), [1, 1]);
});

test('wrong flags, a target without its secret and a target that is not there are said in a sentence', async () => {
  await assert.rejects(run(['--buyers', 'many']), StartProblem);
  await assert.rejects(run(['--target', 'http://127.0.0.1:1']), /secret/);
  await assert.rejects(run(['--target', 'http://127.0.0.1:1', '--secret', 's']), /does not answer/);
});
