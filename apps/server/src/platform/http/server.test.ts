import assert from 'node:assert/strict';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { closed, closedOrNothing, Problem } from '@tessera/contract';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { buildLog, buildTelemetry } from '../telemetry/index.ts';
import { buildServer, closeServer, problem, type HttpServer } from './index.ts';

const lines: string[] = [];
const telemetry = buildTelemetry(buildLog('info', { write: (line) => lines.push(line) }));

function buildExample(): HttpServer {
  const http = buildServer({ telemetry, headersTimeoutMs: 300, requestTimeoutMs: 600 });
  const body = closed({
    name: Type.String({ maxLength: 10 }),
    count: Type.Integer({ minimum: 1, maximum: 9 }),
    at: Type.Optional(Type.String({ format: 'date-time' })),
  });
  http.post('/things', { schema: { body, response: { 201: Type.Object({ name: Type.String() }) } } }, async (request, reply) => {
    reply.code(201);
    return { name: request.body.name };
  });
  http.post('/things/:id/act', { schema: { body: closedOrNothing({ seconds: Type.Optional(Type.Integer()) }) } }, async (request) => ({
    got: request.body ?? 'nothing',
  }));
  http.get(
    '/things',
    { schema: { querystring: closed({ limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })) }) } },
    async (request) => ({ limit: request.query.limit ?? 0 }),
  );
  http.get('/things/:id', async (request) => request.params);
  http.get('/broken', async () => {
    throw new Error('the password is hunter2');
  });
  http.get('/away', async () => {
    throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  });
  http.get('/refused', async () => {
    throw problem('SALES_SOLD_OUT', { extensions: { left: 2 }, headers: { 'x-extra': 'yes' } });
  });
  return http;
}

const http = buildExample();
let port = 0;

before(async () => {
  await http.listen({ host: '127.0.0.1', port: 0 });
  port = (http.server.address() as AddressInfo).port;
});

after(() => closeServer(http, 1_000));

async function post(url: string, payload: string, headers: Record<string, string> = { 'content-type': 'application/json' }) {
  const answer = await http.inject({ method: 'POST', url, payload, headers });
  return { status: answer.statusCode, body: answer.json(), headers: answer.headers };
}

function assertProblem(
  answer: { status: number; body: unknown; headers: Record<string, unknown> },
  status: number,
  code: string,
  field?: string,
): void {
  assert.equal(answer.status, status, JSON.stringify(answer.body));
  assert.match(String(answer.headers['content-type']), /^application\/problem\+json/);
  assert.ok(Value.Check(Problem, answer.body));
  assert.equal(answer.body.code, code);
  assert.equal(answer.body.status, status);
  if (field !== undefined) assert.equal(answer.body.errors?.[0]?.field, field);
}

describe('bodies', () => {
  const hostile: [title: string, payload: string, field: string][] = [
    ['an unknown field', '{"name":"a","count":1,"more":1}', '/more'],
    ['a missing field', '{"name":"a"}', '/count'],
    ['a wrong type', '{"name":"a","count":"1"}', '/count'],
    ['a fraction', '{"name":"a","count":1.5}', '/count'],
    ['a number out of bounds', '{"name":"a","count":1e300}', '/count'],
    ['a long text', '{"name":"aaaaaaaaaaa","count":1}', '/name'],
    ['NUL', '{"name":"a\\u0000b","count":1}', '/name'],
    ['half a surrogate pair', '{"name":"\\ud83d","count":1}', '/name'],
    ['half a surrogate pair in a name', '{"name":"a","count":1,"\\udc00":1}', '/\uFFFD'],
    ['__proto__', '{"name":"a","count":1,"__proto__":{"x":1}}', '/__proto__'],
    ['__proto__, escaped', '{"name":"a","count":1,"\\u005f_proto__":{"x":1}}', '/__proto__'],
    ['a slash in a name', '{"name":"a","count":1,"x/~":1}', '/x~1~0'],
    ['a day that does not exist', '{"name":"a","count":1,"at":"2026-02-30T00:00:00Z"}', '/at'],
    ['an array', '[]', ''],
    ['null', 'null', ''],
    ['deep nesting', '['.repeat(30_000) + ']'.repeat(30_000), ''],
    ['deep nesting with escapes', `{"name":${'['.repeat(100)}"\\u0041"${']'.repeat(100)}}`, '/name' + '/0'.repeat(31)],
    ['no body', '', ''],
  ];
  for (const [title, payload, field] of hostile) {
    test(`${title} is refused, naming the field`, async () => assertProblem(await post('/things', payload), 400, 'REQUEST_INVALID', field));
  }

  test('what is no JSON, no UTF-8, no object, too large or of another type is refused', async () => {
    assertProblem(await post('/things', '{"name":'), 400, 'REQUEST_MALFORMED');
    const latin1 = await http.inject({
      method: 'POST',
      url: '/things',
      payload: Buffer.from('{"name":"\xe9"}', 'latin1'),
      headers: { 'content-type': 'application/json' },
    });
    assert.equal(latin1.json().code, 'REQUEST_MALFORMED');
    assertProblem(await post('/things', `{"name":"${'a'.repeat(70_000)}"}`), 413, 'BODY_TOO_LARGE');
    assertProblem(await post('/things', 'name=a', { 'content-type': 'application/x-www-form-urlencoded' }), 415, 'UNSUPPORTED_MEDIA_TYPE');
    assertProblem(await post('/things', 'name', { 'content-type': 'text/plain' }), 415, 'UNSUPPORTED_MEDIA_TYPE');
    assertProblem(await post('/things', 'name', { 'content-type': 'nonsense' }), 415, 'UNSUPPORTED_MEDIA_TYPE');
  });

  test('good ones are taken, with escapes and whole surrogate pairs', async () => {
    const answer = await post('/things', '{"name":"\\ud83d\\ude00\\u0041","count":1,"at":"2026-02-28T23:59:59.123+01:00"}');
    assert.deepEqual([answer.status, answer.body], [201, { name: '😀A' }]);
  });

  test('an optional body may be missing, empty, null or an object, and is still closed', async () => {
    assert.deepEqual((await http.inject({ method: 'POST', url: '/things/1/act' })).json(), { got: 'nothing' });
    assert.deepEqual((await post('/things/1/act', '')).body, { got: 'nothing' });
    assert.deepEqual((await post('/things/1/act', 'null')).body, { got: 'nothing' });
    assert.deepEqual((await post('/things/1/act', '{"seconds":3}')).body, { got: { seconds: 3 } });
    assertProblem(await post('/things/1/act', '{"minutes":3}'), 400, 'REQUEST_INVALID', '/minutes');
  });
});

describe('URLs', () => {
  async function get(url: string) {
    const answer = await http.inject({ method: 'GET', url });
    return { status: answer.statusCode, body: answer.json(), headers: answer.headers };
  }

  test('query strings are read as numbers, and refused by field', async () => {
    assert.deepEqual((await get('/things?limit=7')).body, { limit: 7 });
    assertProblem(await get('/things?limit=x'), 400, 'REQUEST_INVALID', '/query/limit');
    assertProblem(await get('/things?limit='), 400, 'REQUEST_INVALID', '/query/limit');
    assertProblem(await get('/things?limit=1&limit=2'), 400, 'REQUEST_INVALID', '/query/limit');
    assertProblem(await get('/things?__proto__=1'), 400, 'REQUEST_INVALID', '/query/__proto__');
    assertProblem(await get('/things?more=1'), 400, 'REQUEST_INVALID', '/query/more');
  });

  test('bad escapes, NUL, long and unknown paths, other methods', async () => {
    assertProblem(await get('/things/%zz'), 400, 'REQUEST_MALFORMED');
    assertProblem(await get('/things/%ED%A0%80'), 400, 'REQUEST_MALFORMED');
    assertProblem(await get('/things/a%00b'), 400, 'REQUEST_INVALID', '/url');
    assertProblem(await get(`/things/${'a'.repeat(300)}`), 414, 'URL_TOO_LONG');
    assertProblem(await get('/nothing'), 404, 'NOT_FOUND');
    const wrong = await http.inject({ method: 'DELETE', url: '/things' });
    assert.deepEqual([wrong.statusCode, wrong.json().code, wrong.headers['allow']], [405, 'METHOD_NOT_ALLOWED', 'GET, POST']);
  });
});

describe('errors', () => {
  test('nothing of the inside of a 500 is shown, all of it is logged', async () => {
    lines.length = 0;
    const answer = await http.inject({ method: 'GET', url: '/broken?access_code=VIP', headers: { 'x-request-id': 'abc-1' } });
    assert.equal(answer.statusCode, 500);
    assert.deepEqual(answer.json(), {
      type: 'urn:tessera:problem:INTERNAL',
      title: 'Something went wrong on our side.',
      status: 500,
      code: 'INTERNAL',
      detail: 'Something went wrong on our side.',
      retryable: true,
      request_id: 'abc-1',
    });
    assert.equal(answer.headers['x-request-id'], 'abc-1');
    assert.equal(lines.length, 1);
    assert.match(lines[0]!, /hunter2/);
    assert.match(lines[0]!, /"request_id":"abc-1"/);
    assert.doesNotMatch(lines[0]!, /VIP/);
  });

  test('a database that is away is a 503 that may be tried again', async () => {
    const answer = await http.inject({ method: 'GET', url: '/away' });
    assert.deepEqual([answer.statusCode, answer.json().code, answer.headers['retry-after']], [503, 'UNAVAILABLE', '1']);
  });

  test('an outage is a line a second, not a line a request', async () => {
    lines.length = 0;
    for (let round = 0; round < 5; round += 1) await http.inject({ method: 'GET', url: '/away' });
    assert.ok(lines.length < 5, lines.join(''));
  });

  test('a refusal carries its own members and headers', async () => {
    const answer = await http.inject({ method: 'GET', url: '/refused' });
    assert.deepEqual([answer.statusCode, answer.json().left, answer.headers['x-extra']], [409, 2, 'yes']);
  });

  test('an insane request id is replaced', async () => {
    const answer = await http.inject({ method: 'GET', url: '/things', headers: { 'x-request-id': 'a b' } });
    assert.match(String(answer.headers['x-request-id']), /^[\w-]+$/);
  });
});

describe('on the wire', () => {
  function exchange(text: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => socket.write(text));
      let answer = '';
      socket.setEncoding('utf8');
      socket.on('data', (chunk) => {
        answer += chunk;
      });
      socket.on('end', () => resolve(answer));
      socket.on('error', reject);
    });
  }

  test('what is no HTTP, or has too many headers, is answered with a problem and closed', async () => {
    assert.match(await exchange('nonsense\r\n\r\n'), /^HTTP\/1\.1 400 [\s\S]*"code":"REQUEST_MALFORMED"/);
    assert.match(
      await exchange(`GET /things HTTP/1.1\r\nHost: x\r\nX-A: ${'a'.repeat(20_000)}\r\n\r\n`),
      /^HTTP\/1\.1 431 [\s\S]*HEADERS_TOO_LARGE/,
    );
  });

  test('headers or a body that never arrive are answered 408', async () => {
    assert.match(await exchange('GET /things HTTP/1.1\r\nHost: x\r\n'), /^HTTP\/1\.1 408 [\s\S]*REQUEST_TIMEOUT/);
    const slow = 'POST /things HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{';
    assert.match(await exchange(slow), /^HTTP\/1\.1 408 [\s\S]*REQUEST_TIMEOUT/);
  });
});
