import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { checkPort } from './check-port.ts';

test('a free port passes and is free afterwards', async () => {
  await checkPort({ host: '127.0.0.1', port: 0 });
});

test('a taken port is told in one sentence that names another', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await assert.rejects(checkPort({ host: '127.0.0.1', port }), {
    message: `Port ${port} is taken by another program. Stop that, or choose another port: npm start -- --port ${port + 1}`,
  });
  server.close();
});

test('an address of another machine is told', async () => {
  await assert.rejects(checkPort({ host: '192.0.2.1', port: 0 }), { message: /^HOST 192\.0\.2\.1 is not an address of this machine/ });
});
