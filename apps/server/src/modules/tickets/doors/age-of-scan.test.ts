import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ageOfScan, OFFLINE_MAX_MS } from './age-of-scan.ts';

const MINUTE_MS = 60_000;

test('how long ago a scan was does not depend on what the clock of its door shows', () => {
  const skews = fc.oneof(fc.integer({ min: -10 * MINUTE_MS, max: 10 * MINUTE_MS }), fc.integer());
  fc.assert(
    fc.property(fc.integer({ min: 0, max: OFFLINE_MAX_MS }), skews, (agoMs, skewMs) => {
      const nowMs = 1_800_000_000_000;
      assert.equal(ageOfScan({ deviceAtMs: nowMs - agoMs + skewMs, deviceNowMs: nowMs + skewMs }), agoMs);
    }),
  );
});

test('a scan from the future of its own clock happened now; one of a clock that was set in between is cut', () => {
  assert.equal(ageOfScan({ deviceAtMs: 5, deviceNowMs: 4 }), 0);
  assert.equal(ageOfScan({ deviceAtMs: 0, deviceNowMs: 1_800_000_000_000 }), OFFLINE_MAX_MS);
});
