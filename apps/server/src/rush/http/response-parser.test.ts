import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { buildResponseParser, MalformedAnswer, type HttpAnswer } from './response-parser.ts';

const plain =
  'HTTP/1.1 201 Created\r\ncontent-type: application/json\r\ncontent-length: 15\r\nidempotency-replayed: true\r\nConnection: keep-alive\r\n\r\n{"name":"Zoë"}';
const busy = 'HTTP/1.1 503 Service Unavailable\r\nRetry-After: 2\r\nContent-Length: 0\r\nConnection: close\r\n\r\n';
const chunked = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nWiki\r\nB\r\npedia in \r\n\r\n0\r\n\r\n';
const interim = 'HTTP/1.1 100 Continue\r\n\r\n';
const empty = 'HTTP/1.1 304 Not Modified\r\netag: "1"\r\n\r\n';

const expected: HttpAnswer[] = [
  { status: 201, body: '{"name":"Zoë"}', isReplayed: true, retryAfterSeconds: null, closes: false },
  { status: 200, body: 'Wikipedia in \r\n', isReplayed: false, retryAfterSeconds: null, closes: false },
  { status: 304, body: '', isReplayed: false, retryAfterSeconds: null, closes: false },
  { status: 503, body: '', isReplayed: false, retryAfterSeconds: 2, closes: true },
];

function read(chunks: readonly Buffer[]): HttpAnswer[] {
  const answers: HttpAnswer[] = [];
  const parser = buildResponseParser((answer) => answers.push(answer));
  for (const chunk of chunks) parser.push(chunk);
  return answers;
}

test('answers are read the same wherever the chunks are cut', () => {
  const bytes = Buffer.from(plain.replace('content-length: 15', 'content-length: 15') + interim + chunked + empty + busy);
  assert.deepEqual(read([bytes]), expected);
  assert.deepEqual(read([...bytes].map((byte) => Buffer.from([byte]))), expected);
  fc.assert(
    fc.property(fc.array(fc.nat({ max: bytes.length }), { maxLength: 12 }), (cuts) => {
      const at = [0, ...cuts.sort((a, b) => a - b), bytes.length];
      const chunks = at.slice(1).map((end, index) => bytes.subarray(at[index], end));
      assert.deepEqual(read(chunks), expected);
    }),
  );
});

test('what is no HTTP answer is refused', () => {
  assert.throws(() => read([Buffer.from('SSH-2.0-OpenSSH_9.2\r\n\r\n')]), MalformedAnswer);
  assert.throws(() => read([Buffer.from('HTTP/1.1 200 OK\r\nserver: x\r\n\r\n')]), MalformedAnswer);
  assert.throws(() => read([Buffer.alloc(70_000, 'x')]), MalformedAnswer);
});
