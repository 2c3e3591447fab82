import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { buildBucketTally, buildExactTally } from '../buyer-tally.ts';

const changes = fc.array(
  fc.record({ buyer: fc.integer({ min: 0, max: 9 }), type: fc.integer({ min: 0, max: 2 }), quantity: fc.integer({ min: -9, max: 9 }) }),
);

test('the same tickets in any order and any portions do not differ', () => {
  fc.assert(
    fc.property(changes, (some) => {
      const tally = buildBucketTally();
      for (const { buyer, type, quantity } of some) tally.addBooked(`b${buyer}`, `t${type}`, quantity);
      for (const { buyer, type, quantity } of some.toReversed()) {
        tally.addTotal(`b${buyer}`, `t${type}`, quantity - 3);
        tally.addTotal(`b${buyer}`, `t${type}`, 3);
      }
      assert.equal(tally.differing().size, 0);
    }),
    { numRuns: 30 },
  );
});

test('a difference is seen, and the exact tally of its buckets names it', () => {
  fc.assert(
    fc.property(changes, fc.integer({ min: 1, max: 1_000 }), (some, more) => {
      const bucket = buildBucketTally();
      for (const { buyer, type, quantity } of some) bucket.addBooked(`b${buyer}`, `t${type}`, quantity);
      for (const { buyer, type, quantity } of some) bucket.addTotal(`b${buyer}`, `t${type}`, quantity);
      bucket.addTotal('b0', 't0', more);
      assert.equal(bucket.differing().size, 1);
      const exact = buildExactTally(bucket.differing());
      exact.addBooked('b0', 't0', 2);
      exact.addTotal('b0', 't0', 2 + more);
      exact.addTotal('b1', 't0', 5);
      assert.deepEqual(exact.differences(), [{ buyerKey: 'b0', ticketTypeId: 't0', booked: 2, total: 2 + more }]);
    }),
    { numRuns: 30 },
  );
});
