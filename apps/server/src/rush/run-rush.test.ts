import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Sabotage } from './fake-sale.ts';
import { startFakeTessera } from './fake-tessera.ts';
import { systemClock } from '../platform/clock/index.ts';
import { PAY_WAYS } from './pay/pay-ways.ts';
import { PAY_ENDS } from './pay/way-book.ts';
import type { PromiseName } from './promises.ts';
import { reportOf } from './report.ts';
import { runRush, type RushResult } from './run-rush.ts';

async function rushAtFake(sabotage: Sabotage | null, size: { buyers: number; capacity: number }): Promise<RushResult> {
  const fake = await startFakeTessera(sabotage);
  try {
    const screen = { isTTY: false, write: () => {} };
    const { url, books } = fake;
    const options = { url, books, secret: 's', seed: 3, connections: 20, holdSeconds: 1, patienceMs: 6_000, clock: systemClock, screen };
    return await runRush({ ...options, ...size });
  } finally {
    await fake.close();
  }
}

function brokenBy(result: RushResult): PromiseName[] {
  return result.world.promises.breaches().map((breach) => breach.name);
}

/** Fewer tickets than the first who come want, so that more are sold at once. */
const SCARCE = 20;

const sabotages: readonly [Sabotage, PromiseName][] = [
  ['two bookings for one key', 'one_booking_per_key'],
  ['loses a booking', 'booking_kept'],
  ['changes a price', 'price_kept'],
  ['oversells', 'never_oversold'],
  ['fails', 'no_server_error'],
  ['sells in secret', 'nothing_left'],
  ['audit finds something', 'audit_clean'],
  ['keeps the money', 'paid_is_kept_or_back'],
  ['charges twice', 'paid_is_kept_or_back'],
  ['never tells', 'outcome_known'],
  ['gives tickets for nothing', 'tickets_are_paid'],
  ['forgets a ticket', 'tickets_there'],
  ['money audit finds something', 'money_audit_clean'],
];

// Buyers spend their time thinking: the rushes of this file fit beside each other.
describe('a rush', { concurrency: true }, () => {
  test('an honest sale sells all there is, and every promise is kept', async () => {
    const result = await rushAtFake(null, { buyers: 200, capacity: 50 });
    assert.deepEqual(result.world.promises.breaches(), []);
    assert.deepEqual([result.end, result.expected, result.world.bookings.sold], ['over', 50, 50]);
    assert.match(reportOf(result), /sold 50 of 50.*audit: clean.*Every promise was kept/s);
  });

  test('where there is more than buyers want, they get all they want, whichever way they pay', async () => {
    const result = await rushAtFake(null, { buyers: 200, capacity: 1_000 });
    assert.deepEqual(result.world.promises.breaches(), []);
    assert.equal(result.world.bookings.sold, result.demand);
    const { ways } = result.world;
    const untried = PAY_WAYS.filter((way) => PAY_ENDS.every((end) => ways.count(way, end) === 0)).map(({ name }) => name);
    assert.deepEqual(untried, []);
    assert.equal(ways.total('unknown'), 0);
    assert.match(reportOf(result), /payments +tickets +money back +nothing paid +unknown/);
  });

  for (const [sabotage, promise] of sabotages) {
    test(`a server that ${sabotage} is found out`, async () => {
      const result = await rushAtFake(sabotage, { buyers: 80, capacity: sabotage === 'oversells' ? SCARCE : 60 });
      assert.ok(brokenBy(result).includes(promise), reportOf(result));
      assert.match(reportOf(result), /BROKEN/);
    });
  }
});
