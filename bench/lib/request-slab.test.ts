import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RequestSlab } from './request-slab.ts';

function slabOf(count: number): RequestSlab {
  let issued = 0;
  const issueToken = (): string => {
    issued += 1;
    return `bys_${String(issued).padStart(8, '0')}`;
  };
  return new RequestSlab(count, { body: '{"a":1}', issueToken });
}

test('every request is whole and has a key and a session of its own', () => {
  const slab = slabOf(50);
  const texts = Array.from({ length: 50 }, () => slab.take(false)?.toString('latin1') ?? '');
  const pattern =
    /^POST \/api\/v1\/bookings HTTP\/1\.1\r\nHost: localhost\r\nAuthorization: Bearer (bys_\d{8})\r\nIdempotency-Key: ([0-9a-f]{24})\r\nContent-Type: application\/json\r\nContent-Length: 7\r\n\r\n\{"a":1\}$/;
  const found = texts.map((text) => pattern.exec(text) ?? assert.fail(text));
  assert.equal(new Set(found.map((match) => match[1])).size, 50);
  assert.equal(new Set(found.map((match) => match[2])).size, 50);
});

test('taken to the end there is no more, unless it begins anew', () => {
  const slab = slabOf(2);
  const first = slab.take(false)?.toString();
  slab.take(false);
  assert.equal(slab.take(false), null);
  assert.equal(slab.take(true)?.toString(), first);
});
