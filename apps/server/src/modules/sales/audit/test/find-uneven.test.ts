import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { findUneven } from '../walk-ledger.ts';

const seqsOf = (numbers: readonly number[]) => numbers.map((seq) => ({ seq }));

test('entries numbered without a gap are even', () => {
  fc.assert(
    fc.property(fc.nat(1_000_000), fc.nat(50), (after, count) => {
      const rows = seqsOf(Array.from({ length: count }, (_, index) => after + 1 + index));
      assert.deepEqual(findUneven('e', rows, { after, upTo: after + count }), []);
    }),
  );
});

test('every missing number lies in a gap, and every further copy is a double', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 11, max: 40 }), { maxLength: 60 }), (numbers) => {
      const problems = findUneven('e', seqsOf(numbers.toSorted((one, other) => one - other)), { after: 10, upTo: 40 });
      const gaps = problems.filter((problem) => problem.code === 'ledger_gap');
      const missing = gaps.reduce((sum, problem) => sum + Number(problem.expected), 0);
      assert.equal(missing, 30 - new Set(numbers).size);
      assert.equal(problems.length - gaps.length, numbers.length - new Set(numbers).size);
    }),
  );
});
