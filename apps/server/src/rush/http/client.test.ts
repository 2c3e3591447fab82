import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test, type TestContext } from 'node:test';
import { buildHttpClient, type Call, type HttpClient } from './client.ts';

const observer = { waited: () => {}, answered: () => {} };
const get: Call = {
  kind: 'read',
  method: 'GET',
  path: '/',
  token: null,
  key: null,
  body: null,
  timeoutMs: 5_000,
  vanishAfterMs: null,
  isNewcomer: false,
};

async function clientOf(t: TestContext, connectionsMax: number, answer: RequestListener): Promise<{ http: HttpClient; server: Server }> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const http = buildHttpClient(new URL(`http://127.0.0.1:${port}`), connectionsMax, observer);
  t.after(() => {
    http.close();
    server.closeAllConnections();
    server.close();
  });
  return { http, server };
}

test('requests share the connections there are, and carry token, key and body', async (t) => {
  let connections = 0;
  const { http, server } = await clientOf(t, 3, async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    response.end(JSON.stringify([request.method, request.url, request.headers.authorization, request.headers['idempotency-key'], body]));
  });
  server.on('connection', () => {
    connections += 1;
  });
  const calls = Array.from(
    { length: 50 },
    (_, index) => ({ ...get, method: 'POST', path: `/${index}`, token: 't', key: 'k', body: '{}' }) as const,
  );
  const replies = await Promise.all(calls.map((call) => http.send(call)));
  for (const [index, reply] of replies.entries()) {
    assert.equal(reply.kind, 'answer');
    assert.deepEqual(reply.kind === 'answer' && JSON.parse(reply.answer.body), ['POST', `/${index}`, 'Bearer t', 'k', '{}']);
  }
  assert.equal(connections, 3);
});

test('a request whose connection ends, whose time is over or whose client vanishes says so, and the next one is answered', async (t) => {
  const { http } = await clientOf(t, 1, (request, response) => {
    if (request.url === '/drop') request.socket.destroy();
    else if (request.url !== '/silence') response.end('here');
  });
  const kinds = [
    http.send({ ...get, path: '/drop' }),
    http.send({ ...get, path: '/silence', timeoutMs: 20 }),
    http.send({ ...get, path: '/silence', vanishAfterMs: 5 }),
    http.send({ ...get, path: '/', vanishAfterMs: 60_000 }),
    http.send(get),
  ];
  assert.deepEqual(
    (await Promise.all(kinds)).map((reply) => reply.kind),
    ['dropped', 'timeout', 'vanished', 'vanished', 'answer'],
  );
});

test('who has begun goes before newcomers', async (t) => {
  const order: string[] = [];
  const { http } = await clientOf(t, 1, (request, response) => {
    order.push(request.url ?? '');
    response.end();
  });
  const calls = [
    { ...get, path: '/first' },
    { ...get, path: '/new', isNewcomer: true },
    { ...get, path: '/begun' },
  ];
  await Promise.all(calls.map((call) => http.send(call)));
  assert.deepEqual(order, ['/first', '/begun', '/new']);
});

test('no server is a dropped connection', async (t) => {
  const { http, server } = await clientOf(t, 1, () => {});
  server.close();
  await once(server, 'close');
  assert.equal((await http.send(get)).kind, 'dropped');
});
