import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Rounding } from '../../prices.ts';
import { scale, shareOf, sumOf, type Part } from '../round-share.ts';
import { arbitraryAmount, arbitraryRounding } from './arbitrary-prices.ts';

const RUNS = 3_000;
const MODES = ['half_up', 'half_even', 'up', 'down'] as const;

/** The same in the words of arithmetic: the quotient below, the one above, and which of them is meant. */
function scaleExactly(amount: number, numerator: number, denominator: number, mode: Rounding['mode']): bigint {
  const product = BigInt(amount) * BigInt(numerator);
  const below = product / BigInt(denominator);
  const twiceRest = 2n * (product - below * BigInt(denominator));
  if (twiceRest === 0n || mode === 'down') return below;
  if (mode === 'up') return below + 1n;
  if (twiceRest !== BigInt(denominator)) return twiceRest > BigInt(denominator) ? below + 1n : below;
  return mode === 'half_up' || below % 2n === 1n ? below + 1n : below;
}

const wholeRange = fc.oneof(
  fc.constantFrom(0, 1, 2, 3, 9_007_199_254, 9_007_199_255, 1_000_000_000_000_000, Number.MAX_SAFE_INTEGER),
  fc.integer({ min: 0, max: 100 }),
  fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
);
/** A share of a price, and of a price that includes some of it: never more than the whole. */
const share = fc.tuple(fc.integer({ min: 0, max: 1_000_000 }), fc.integer({ min: 1_000_000, max: 2_000_000 }));
const evenShare = fc.constantFrom([1, 2], [500_000, 1_000_000], [1_000_000, 2_000_000], [333_333, 1_000_000], [1, 1_000_000]);

function assertExact(scaleBy: typeof scale): void {
  fc.assert(
    fc.property(wholeRange, fc.oneof(share, evenShare), fc.constantFrom(...MODES), (amount, [numerator = 0, denominator = 1], mode) => {
      const found = scaleBy(amount, numerator, denominator, mode);
      assert.equal(BigInt(found), scaleExactly(amount, numerator, denominator, mode));
    }),
    { numRuns: RUNS },
  );
}

test('a share is exact in every mode, also where the product is beyond 2^53', () => assertExact(scale));

test('arithmetic in floating point is caught, and so is a mode that is another', () => {
  assert.throws(() => assertExact((amount, numerator, denominator) => Math.round((amount * numerator) / denominator)));
  assert.throws(() => assertExact((amount, numerator, denominator) => scale(amount, numerator, denominator, 'half_even')));
});

test('a half goes where its mode says', () => {
  const halves = MODES.map((mode) => [1, 3, 5].map((amount) => scale(amount, 1, 2, mode)));
  assert.deepEqual(halves, [
    [1, 2, 3],
    [0, 2, 2],
    [1, 2, 3],
    [0, 1, 2],
  ]);
});

const parts = fc.array(fc.record({ unitMinor: arbitraryAmount, quantity: fc.integer({ min: 1, max: 2_000 }) }), {
  minLength: 1,
  maxLength: 5,
});
const rate = fc.tuple(fc.constantFrom(0, 1, 70_000, 333_333, 1_000_000), fc.constantFrom(1_000_000, 1_190_000, 1_333_333));

/** The same tickets in other lines: each ticket in one of its own, from the last to the first. */
function splitUp(of: readonly Part[]): Part[] {
  return of
    .toReversed()
    .flatMap(({ unitMinor, quantity }) => [{ unitMinor, quantity: 1 }, ...(quantity > 1 ? [{ unitMinor, quantity: quantity - 1 }] : [])]);
}

function assertStable(per: Rounding['per'], rearrange: (of: readonly Part[]) => Part[]): void {
  fc.assert(
    fc.property(parts, rate, arbitraryRounding([per]), (some, [numerator, denominator], rounding) => {
      assert.equal(shareOf(rearrange(some), [numerator, denominator], rounding), shareOf(some, [numerator, denominator], rounding));
    }),
    { numRuns: 1_000 },
  );
}

test('rounded for each ticket, a share does not depend on how tickets stand in lines', () => assertStable('ticket', splitUp));

test('rounded once, a share does not depend on order, lines, or the parts that a sum stands in', () => {
  assertStable('booking', splitUp);
  assertStable('booking', (some) => [{ unitMinor: sumOf(some), quantity: 1 }]);
});

test('rounded for each line a share does depend on lines, and for each ticket on parts: the rules above can be broken', () => {
  assert.throws(() => assertStable('line', splitUp), /Property failed/);
  assert.throws(() => assertStable('ticket', (some) => [{ unitMinor: sumOf(some), quantity: 1 }]), /Property failed/);
});
