import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { buildBuyer } from './buyer.ts';
import { demandOf } from './habits.ts';
import { PAY_WAYS } from './pay/pay-ways.ts';
import { RUSH_TYPES } from './ticket-types.ts';

const crowd = (seed: number) => Array.from({ length: 500 }, (_, index) => buildBuyer({ seed, index, spreadMs: 10_000 }));

test('the same seed draws the same crowd, and another seed another one', () => {
  const habits = (seed: number) => crowd(seed).map((buyer) => buyer.habits);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (seed) => {
      assert.deepEqual(habits(seed), habits(seed));
      assert.notDeepEqual(habits(seed), habits((seed + 1) % 2 ** 32));
    }),
    { numRuns: 20 },
  );
});

test('what one buyer is like depends on the seed and the buyer alone', () => {
  const alone = buildBuyer({ seed: 5, index: 77, spreadMs: 10_000 });
  assert.deepEqual(crowd(5)[77]?.habits, alone.habits);
});

test('a crowd has every habit, and sane wishes', () => {
  const all = crowd(1).map((buyer) => buyer.habits);
  for (const habit of ['buysAtOnce', 'doubleClicks', 'isHasty', 'reloads', 'isNervous', 'extends', 'isPatient'] as const) {
    assert.ok(all.some((habits) => habits[habit]) && all.some((habits) => !habits[habit]), habit);
  }
  for (const ending of ['buy', 'leave', 'release']) assert.ok(all.some((habits) => habits.ending === ending));
  for (const back of ['all', 'one', null]) assert.ok(all.some((habits) => habits.givesBack === back));
  assert.deepEqual(
    PAY_WAYS.filter((way) => !all.some(({ paysBy }) => paysBy === way)),
    [],
  );
  assert.ok(all.some((habits) => habits.vanishes?.during === 'hold') && all.some((habits) => habits.vanishes?.during === 'confirm'));
  assert.ok(
    all.some((habits) => habits.thinkShare > 1),
    'somebody thinks for longer than a hold lasts',
  );
  for (const habits of all) {
    const types = habits.basket.map((wish) => wish.type);
    assert.equal(new Set(types).size, types.length);
    assert.ok(types.every((type) => type < RUSH_TYPES.length) && demandOf(habits) >= 1 && demandOf(habits) <= 10);
    assert.ok(habits.arrivalMs >= 0 && habits.arrivalMs <= 10_000);
  }
});
