import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { buildLatency } from './latency.ts';

test('percentiles are those of the sorted durations, to within 4 %', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0.06, max: 500_000, noNaN: true }), { minLength: 1, maxLength: 200 }), (durations) => {
      const latency = buildLatency();
      for (const ms of durations) latency.add(ms);
      const sorted = [...durations].sort((a, b) => a - b);
      for (const share of [0.5, 0.95, 0.99, 1]) {
        const exact = sorted[Math.ceil(sorted.length * share) - 1]!;
        const found = latency.percentile(share);
        assert.ok(found >= exact * 0.999 && found <= exact * 1.041, `${found} for ${exact}`);
      }
    }),
  );
});

test('no durations have no percentile', () => {
  assert.equal(buildLatency().percentile(0.99), 0);
});
