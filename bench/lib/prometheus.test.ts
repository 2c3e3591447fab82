import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildLog, buildTelemetry } from '../../apps/server/src/platform/telemetry/index.ts';
import { quantileBetween, readHistogram } from './prometheus.ts';

test('reads the lane’s own histogram and the quantile of what was observed in between', async () => {
  const telemetry = buildTelemetry(buildLog('silent'));
  telemetry.lane.lockHold(900);
  const before = readHistogram(await telemetry.metricsText(), 'tessera_lane_lock_hold_seconds');
  for (let count = 0; count < 99; count += 1) telemetry.lane.lockHold(2.9);
  telemetry.lane.lockHold(9.5);
  const after = readHistogram(await telemetry.metricsText(), 'tessera_lane_lock_hold_seconds');
  telemetry.close();
  assert.ok(before.length > 5);
  assert.equal(quantileBetween(before, after, 0.99), 0.003);
  assert.equal(quantileBetween(before, after, 1), 0.01);
  assert.equal(quantileBetween(after, after, 0.99), null);
});

test('a quantile is linear inside its bucket, and the last bucket answers its lower end', () => {
  const none = readHistogram('', 'x');
  assert.equal(quantileBetween(none, none, 0.5), null);
  const some = [
    { upperEnd: 1, count: 0 },
    { upperEnd: 3, count: 10 },
    { upperEnd: Number.POSITIVE_INFINITY, count: 20 },
  ];
  assert.equal(quantileBetween(none, some, 0.25), 2);
  assert.equal(quantileBetween(none, some, 0.75), 3);
});
