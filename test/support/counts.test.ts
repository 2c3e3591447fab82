import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { countOf, offsetOf, rotationSeed } from './counts.ts';

afterEach(() => {
  delete process.env['TEST_COUNTS'];
});

test('a tenth by default, a given share, or all; at least one and never more than there is', () => {
  assert.equal(countOf('rounds', 20), 2);
  assert.equal(countOf('few', 3), 1);
  process.env['TEST_COUNTS'] = '0.5';
  assert.equal(countOf('rounds', 20), 10);
  process.env['TEST_COUNTS'] = 'full';
  assert.equal(countOf('rounds', 20), 20);
});

test('a share that is none is refused', () => {
  for (const text of ['0', '2', 'all']) {
    process.env['TEST_COUNTS'] = text;
    assert.throws(() => countOf('rounds', 20), text);
  }
});

test('the seed stays the same within a run', () => {
  assert.equal(rotationSeed(), rotationSeed());
  assert.ok(Number.isInteger(rotationSeed()));
  assert.equal(offsetOf('variants', 7), rotationSeed() % 7);
});
