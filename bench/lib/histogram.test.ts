import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { LatencyHistogram } from './histogram.ts';

test('an empty histogram has no quantile', () => {
  assert.equal(new LatencyHistogram().quantileMs(0.5), null);
});

test('a quantile is at most one step of 10 µs above the latency of its rank', () => {
  const latencies = fc.array(fc.double({ min: 0, max: 9_000, noNaN: true }), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(latencies, fc.double({ min: 0.001, max: 1, noNaN: true }), (values, share) => {
      const histogram = new LatencyHistogram();
      for (const value of values) histogram.record(value);
      const exactMs = values.toSorted((a, b) => a - b)[Math.max(1, Math.ceil(values.length * share)) - 1]!;
      const foundMs = histogram.quantileMs(share)!;
      assert.ok(foundMs >= exactMs - 1e-6 && foundMs <= exactMs + 0.01 + 1e-6, `${foundMs} for ${exactMs}`);
    }),
  );
});

test('what takes longer than the range is counted at its end', () => {
  const histogram = new LatencyHistogram();
  histogram.record(60_000);
  assert.equal(histogram.quantileMs(0.99), 10_000);
});
