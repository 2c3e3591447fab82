import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import type { Intent } from '../provider.ts';
import { access, openStage, type Stage } from '../test/stage.ts';

let stage: Stage;
let intent: Intent;
const cleanups: (() => unknown)[] = [];
before(async () => {
  stage = await openStage({ after: (undo) => cleanups.push(undo as () => unknown) });
  intent = await stage.provider.createIntent(stage.order());
});
after(async () => {
  for (const undo of cleanups) await undo();
});

const authorization = `Bearer ${access.apiKey}`;

test('no generated body crashes it or is answered 500', async () => {
  const paths = [
    '/v1/intents',
    '/v1/refunds',
    '/v1/faults',
    `/v1/intents/${intent.ref}/pay`,
    `/v1/intents/${intent.ref}/action`,
    `/pay/${intent.ref}`,
  ];
  const name = fc.constantFrom(
    'client_secret',
    'card',
    'holder_name',
    'outcome',
    'amount_minor',
    'currency',
    'intent_ref',
    'kind',
    '__proto__',
    'toString',
  );
  const value = fc.oneof(fc.jsonValue(), fc.constantFrom(intent.clientSecret, intent.ref, 'success', 'asks', 'approve', 'none', 100));
  const body = fc.oneof(
    fc.uint8Array({ maxLength: 300 }).map((bytes) => Uint8Array.from(bytes)),
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.dictionary(name, value).map((fields) => JSON.stringify(fields)),
    fc.json(),
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...paths), body, async (path, sent) => {
      const { status } = await fetch(`${stage.sandbox.url}${path}`, {
        method: 'POST',
        body: sent,
        headers: { authorization, 'idempotency-key': 'generated' },
      });
      assert.ok(status < 500, `${path} answered ${status}`);
    }),
    { numRuns: 300 },
  );
  stage.sandbox.setFault('none', 0);
});

test('no path, query or method crashes it', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD'),
      fc.array(fc.constantFrom('v1', 'intents', 'pay', 'refunds', 'movements', intent.ref, '..', '%00', '%ff', '__proto__', ''), {
        maxLength: 6,
      }),
      fc.stringMatching(/^[a-z=&%?0-9.-]{0,20}$/),
      async (method, parts, query) => {
        const answer = await rawStatus(`/${parts.join('/')}?after=${query}&limit=${query}`, method);
        assert.ok(answer < 500, `${method} ${parts.join('/')}`);
      },
    ),
    { numRuns: 300 },
  );
});

function rawStatus(path: string, method: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(`${stage.sandbox.url}/`, { method, path, headers: { authorization, 'content-length': '0' } }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode ?? 0));
    });
    sent.on('error', reject).end();
  });
}

test('bytes that are no HTTP, bodies without end and callers who vanish leave it running', async () => {
  const texts = [
    'SSH-2.0-OpenSSH_9.2\r\n\r\n',
    '\x16\x03\x01\x02\x00\x01\x00',
    `GET / HTTP/1.1\r\nx: ${'y'.repeat(100_000)}\r\n\r\n`,
    'POST /v1/intents HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{',
    `POST /v1/intents HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n${`1000\r\n${'x'.repeat(4_096)}\r\n`.repeat(40)}`,
    'POST /v1/intents HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n',
    'POST /v1/intents HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n',
  ];
  for (const text of texts) {
    const socket = connect(stage.sandbox.port, '127.0.0.1');
    socket.on('error', () => {}).on('data', () => {});
    await once(socket, 'connect');
    socket.write(text, 'latin1');
    await new Promise((resolve) => setTimeout(resolve, 5));
    socket.destroy();
  }
  assert.equal((await fetch(`${stage.sandbox.url}/health`)).status, 200);
});
