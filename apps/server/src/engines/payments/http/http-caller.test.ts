import assert from 'node:assert/strict';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { test, type TestContext } from 'node:test';
import { buildHttpCaller, type HttpCall, type HttpCaller, type HttpCallerOptions } from './http-caller.ts';

type Ground = { caller: HttpCaller; server: Server; connections: Socket[] };

async function open(t: TestContext, answer: RequestListener, options: Partial<HttpCallerOptions> = {}): Promise<Ground> {
  const server = createServer(answer);
  const connections: Socket[] = [];
  server.on('connection', (socket) => connections.push(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const caller = buildHttpCaller({ url, connectionsMax: 4, deadlineMs: 5_000, answerBytesMax: 10_000, ...options });
  t.after(() => {
    caller.close();
    server.closeAllConnections();
    server.close();
  });
  return { caller, server, connections };
}

const get: HttpCall = { method: 'GET', path: '/', headers: '', body: '' };

test('calls share the connections there are, and carry method, path, headers and body', async (t) => {
  const { caller, connections } = await open(t, async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    response.end(JSON.stringify([request.method, request.url, request.headers['x-name'], body]));
  });
  const calls = Array.from({ length: 60 }, (_, index) =>
    caller.send({ method: 'POST', path: `/${index}?a=b`, headers: `x-name: ${index}\r\n`, body: `é${index}` }),
  );
  for (const [index, { status, text }] of (await Promise.all(calls)).entries()) {
    assert.equal(status, 200);
    assert.deepEqual(JSON.parse(text), ['POST', `/${index}?a=b`, `${index}`, `é${index}`]);
  }
  assert.equal(connections.length, 4);
});

test('answers in chunks, in pieces and with the end of the connection are read', async (t) => {
  const { caller } = await open(t, (request, response) => {
    if (request.url === '/close') response.setHeader('connection', 'close');
    response.write('one ');
    setImmediate(() => response.end('two'));
  });
  for (const path of ['/', '/close', '/', '/close']) assert.equal((await caller.send({ ...get, path })).text, 'one two');
});

test('the deadline counts from the call on, also for those who wait for a connection', async (t) => {
  let asked = 0;
  const { caller } = await open(
    t,
    () => {
      asked += 1;
    },
    { connectionsMax: 1, deadlineMs: 60 },
  );
  const calls = await Promise.allSettled(Array.from({ length: 5 }, () => caller.send(get)));
  for (const call of calls) assert.match(call.status === 'rejected' ? String(call.reason) : '', /no answer within 60 ms/);
  assert.equal(asked, 1, 'nobody is asked for those who are gone');
});

test('after a call that was late the next one gets its own answer', async (t) => {
  const { caller } = await open(
    t,
    (request, response) => {
      if (request.url === '/slow') setTimeout(() => response.end('slow'), 100);
      else response.end('fast');
    },
    { connectionsMax: 1, deadlineMs: 50 },
  );
  await assert.rejects(caller.send({ ...get, path: '/slow' }));
  for (let count = 0; count < 5; count += 1) assert.equal((await caller.send(get)).text, 'fast');
});

test('a call that meets a connection just being closed is sent once more; a new connection that closes is told', async (t) => {
  let calls = 0;
  const { caller, connections } = await open(t, (request, response) => {
    calls += 1;
    if (calls === 2 || request.url === '/never') request.socket.destroy();
    else response.end(String(calls));
  });
  assert.equal((await caller.send(get)).text, '1');
  assert.equal((await caller.send(get)).text, '3');
  assert.equal(connections.length, 2);
  await assert.rejects(caller.send({ ...get, path: '/never' }), /closed|ECONNRESET/);
  assert.equal(calls, 5, 'once over the old connection, once over a new one');
});

test('an answer that had begun is not asked for again', async (t) => {
  let calls = 0;
  const { caller } = await open(t, (_request, response) => {
    calls += 1;
    if (calls === 1) return void response.end('1');
    response.writeHead(200, { 'content-length': '10' });
    response.write('x', () => response.destroy());
  });
  await caller.send(get);
  await assert.rejects(caller.send(get));
  assert.equal(calls, 2);
});

test('answers that are too long or that nobody has asked for end the connection, and the caller goes on', async (t) => {
  const { caller, connections } = await open(t, (request, response) => {
    if (request.url === '/long') response.end('x'.repeat(20_000));
    else response.end('good');
  });
  await assert.rejects(caller.send({ ...get, path: '/long' }), /too long/);
  await caller.send(get);
  connections.at(-1)?.write('HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nevil');
  await new Promise((resolve) => setTimeout(resolve, 30));
  assert.equal((await caller.send(get)).text, 'good');
});

test('closed, nothing stays open', async (t) => {
  const { caller, server } = await open(t, (_request, response) => response.end());
  await Promise.all([caller.send(get), caller.send(get)]);
  const hanging = Array.from({ length: 9 }, () => caller.send(get));
  caller.close();
  for (const call of await Promise.allSettled([...hanging, caller.send(get)])) {
    assert.match(call.status === 'rejected' ? String(call.reason) : '', /closes/);
  }
  await new Promise<void>((resolve) => server.close(() => resolve()));
});
