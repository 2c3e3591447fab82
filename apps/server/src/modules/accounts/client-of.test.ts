import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clientOf } from './client-of.ts';

test('an IPv4 address is a client, also where it comes as IPv6', () => {
  assert.equal(clientOf('198.51.100.7'), '198.51.100.7');
  assert.equal(clientOf('::ffff:198.51.100.7'), '198.51.100.7');
});

test('all addresses of a /64 are one client, and those of another are not', () => {
  const one = clientOf('2001:db8:1:2:3:4:5:6');
  for (const same of ['2001:db8:1:2::', '2001:0DB8:0001:0002:ffff::1', '2001:db8:1:2::9']) assert.equal(clientOf(same), one, same);
  for (const other of ['2001:db8:1:3::', '2001:db8::2', '::1']) assert.notEqual(clientOf(other), one, other);
  assert.equal(clientOf('::1'), '0:0:0:0::/64');
});
