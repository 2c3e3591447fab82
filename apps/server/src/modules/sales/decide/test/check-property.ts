import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decide } from '../decide.ts';

export type Decide = typeof decide;

/** What must hold of every decision on a case; throws AssertionError where it does not. */
export type Property<Case> = { cases: fc.Arbitrary<Case>; check: (decideOn: Decide, of: Case) => void };

const RUNS = 1_500;
/** A broken decision must be caught in as many cases. Most are within the first ten, the rarest once in a thousand. */
const SABOTAGE_RUNS = 60_000;

/** Checks a property of decide. TEST_SEED and the path that a failure prints replay it. */
export function assertHolds<Case>({ cases, check }: Property<Case>): void {
  fc.assert(
    fc.property(cases, (of) => check(decide, of)),
    { numRuns: RUNS, ...seedOf(process.env['TEST_SEED']) },
  );
}

/** Checks that the property notices a decision that is broken in a given way: a test that cannot fail is not wanted. */
export function assertCatches<Case>({ cases, check }: Property<Case>, broken: Decide): void {
  const caught = fc.check(
    fc.property(cases, (of) => check(broken, of)),
    { numRuns: SABOTAGE_RUNS, endOnFailure: true, ...seedOf(process.env['TEST_SEED']) },
  );
  assert.ok(caught.failed, 'the broken decision goes unnoticed');
  // It is noticed by what the property says, not because the sabotage itself crashes.
  assert.ok(caught.errorInstance instanceof assert.AssertionError, String(caught.errorInstance));
}

function seedOf(text: string | undefined): { seed?: number } {
  return text === undefined || text === '' ? {} : { seed: Number(text) };
}
