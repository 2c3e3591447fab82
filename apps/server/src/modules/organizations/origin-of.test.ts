import assert from 'node:assert/strict';
import { test } from 'node:test';
import { networkOf } from './origin-of.ts';

test('an address is kept as its network', () => {
  assert.equal(networkOf('198.51.100.77'), '198.51.100.0/24');
  assert.equal(networkOf('::ffff:198.51.100.77'), '198.51.100.0/24');
  assert.equal(networkOf('2001:db8:1:2:3:4:5:6'), '2001:db8:1::/48');
  assert.equal(networkOf('::1'), '0:0:0::/48');
});
