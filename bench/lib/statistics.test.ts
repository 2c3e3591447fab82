import assert from 'node:assert/strict';
import { test } from 'node:test';
import { median, rounded, spreadPct } from './statistics.ts';

test('the median is the middle value', () => {
  assert.equal(median([5, 1, 9]), 5);
  assert.equal(median([4, 1, 9, 2]), 3);
  assert.throws(() => median([]));
});

test('the spread is the range in per cent of the median', () => {
  assert.equal(spreadPct([90, 100, 110]), 20);
  assert.equal(spreadPct([7, 7, 7]), 0);
  assert.equal(spreadPct([7, 9]), null);
});

test('figures are rounded to digits', () => {
  assert.equal(rounded(1.2345, 2), 1.23);
  assert.equal(rounded(1234.5, 0), 1235);
});
