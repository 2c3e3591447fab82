import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { runLoad } from './load.ts';
import type { LoadResult } from './load.ts';
import { RequestSlab } from './request-slab.ts';

/** Sends so many prepared requests over three connections to a server that answers as told. */
async function loadOn(listener: RequestListener, requests: number): Promise<LoadResult> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const slab = new RequestSlab(requests, { body: '{"quantity":1}', issueToken: () => 'bys_x' });
  const { port } = server.address() as AddressInfo;
  const result = await runLoad({ ports: [port], connections: 3, seconds: 10, expected: [201], again: false }, slab);
  server.close();
  return result;
}

function answer(status: number): RequestListener {
  return (request, response) => {
    const text = JSON.stringify({ key: request.headers['idempotency-key'] });
    request.resume().on('end', () => response.writeHead(status, { 'content-length': text.length }).end(text));
  };
}

test('every prepared request is sent once and its answer counted', async () => {
  const keys = new Set<unknown>();
  const ok = answer(201);
  const result = await loadOn((request, response) => {
    keys.add(request.headers['idempotency-key']);
    ok(request, response);
  }, 40);
  assert.equal(keys.size, 40);
  assert.deepEqual(result.statuses, { 201: 40 });
  assert.deepEqual([result.failures, result.ranOut, result.samples.length], [0, true, 3]);
  assert.ok(result.p50Ms > 0 && result.p50Ms <= result.p999Ms);
  for (const sample of result.samples) assert.ok(keys.has(JSON.parse(sample).key));
});

test('an answer with another status is a failure, and its body says why', async () => {
  const result = await loadOn(answer(503), 5);
  assert.deepEqual([result.failures, result.statuses], [5, { 503: 5 }]);
  assert.match(result.firstFailure ?? '', /^503 \{"key"/);
});

test('a connection that breaks is a failure, not a hang', async () => {
  const result = await loadOn((request) => void request.socket.destroy(), 5);
  assert.equal(result.failures, 3);
  assert.deepEqual(result.statuses, {});
});
