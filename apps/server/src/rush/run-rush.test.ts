import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startFakeTessera, type Sabotage } from './fake-tessera.ts';
import { systemClock } from '../platform/clock/index.ts';
import type { PromiseName } from './promises.ts';
import { reportOf } from './report.ts';
import { runRush, type RushResult } from './run-rush.ts';

async function rushAtFake(sabotage: Sabotage | null, size: { buyers: number; capacity: number }): Promise<RushResult> {
  const fake = await startFakeTessera(sabotage);
  try {
    const screen = { isTTY: false, write: () => {} };
    return await runRush({ url: fake.url, secret: 's', seed: 3, connections: 50, holdSeconds: 1, clock: systemClock, screen, ...size });
  } finally {
    await fake.close();
  }
}

function brokenBy(result: RushResult): PromiseName[] {
  return result.world.promises.breaches().map((breach) => breach.name);
}

const sabotages: readonly [Sabotage, PromiseName][] = [
  ['two bookings for one key', 'one_booking_per_key'],
  ['loses a booking', 'booking_kept'],
  ['changes a price', 'price_kept'],
  ['oversells', 'never_oversold'],
  ['fails', 'no_server_error'],
  ['sells in secret', 'nothing_left'],
  ['audit finds something', 'audit_clean'],
];

// Buyers spend their time thinking: the rushes of this file fit beside each other.
describe('a rush', { concurrency: true }, () => {
  test('an honest sale sells all there is, and every promise is kept', async () => {
    const result = await rushAtFake(null, { buyers: 200, capacity: 50 });
    assert.deepEqual(result.world.promises.breaches(), []);
    assert.deepEqual([result.end, result.expected, result.world.bookings.sold], ['over', 50, 50]);
    assert.match(reportOf(result), /sold 50 of 50.*audit: clean.*Every promise was kept/s);
  });

  test('where there is more than buyers want, they get all they want', async () => {
    const result = await rushAtFake(null, { buyers: 30, capacity: 1_000 });
    assert.deepEqual(result.world.promises.breaches(), []);
    assert.equal(result.world.bookings.sold, result.demand);
  });

  for (const [sabotage, promise] of sabotages) {
    test(`a server that ${sabotage} is found out`, async () => {
      const result = await rushAtFake(sabotage, { buyers: 80, capacity: 60 });
      assert.ok(brokenBy(result).includes(promise), reportOf(result));
      assert.match(reportOf(result), /BROKEN/);
    });
  }
});
