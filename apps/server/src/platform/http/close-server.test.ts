import assert from 'node:assert/strict';
import { Agent, get } from 'node:http';
import { test } from 'node:test';
import type { AddressInfo } from 'node:net';
import { buildLog, buildTelemetry } from '../telemetry/index.ts';
import { buildServer, closeServer } from './index.ts';

async function openSlow() {
  const http = buildServer({ telemetry: buildTelemetry(buildLog('silent')) });
  const entered = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  http.get('/slow', async () => {
    entered.resolve();
    await release.promise;
    return { done: true };
  });
  http.get('/quick', async () => ({ done: true }));
  await http.listen({ host: '127.0.0.1', port: 0 });
  return { http, entered: entered.promise, release: release.resolve, port: (http.server.address() as AddressInfo).port };
}

function fetchOnce(port: number, path: string, agent: Agent): Promise<{ status: number; connection: string | undefined }> {
  return new Promise((resolve, reject) => {
    const request = get({ host: '127.0.0.1', port, path, agent }, (answer) => {
      answer.resume().on('end', () => resolve({ status: answer.statusCode ?? 0, connection: answer.headers.connection }));
    });
    request.on('error', reject);
  });
}

test('closing finishes what is in flight, closes idle connections and accepts nothing new', async () => {
  const { http, entered, release, port } = await openSlow();
  const agent = new Agent({ keepAlive: true });
  await fetchOnce(port, '/quick', agent);
  const slow = fetchOnce(port, '/slow', agent);
  await entered;
  const closed = closeServer(http, 60_000);
  await assert.rejects(fetchOnce(port, '/quick', new Agent()), { code: 'ECONNREFUSED' });
  release();
  assert.equal((await slow).status, 200);
  // The agent keeps its connection open: closing ends it and does not wait for the agent.
  await closed;
  agent.destroy();
});

test('what does not end in time is cut off', async () => {
  const { http, entered, release, port } = await openSlow();
  const slow = fetchOnce(port, '/slow', new Agent());
  await entered;
  await Promise.all([closeServer(http, 20), assert.rejects(slow, { code: 'ECONNRESET' })]);
  release();
});
