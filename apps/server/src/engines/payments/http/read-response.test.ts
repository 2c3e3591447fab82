import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { MalformedAnswer, readResponse, type Reading } from './read-response.ts';

function whole(status: number, text: string, isLast = false): Reading {
  return { kind: 'whole', reply: { status, text }, isLast };
}

const answers: [string, Reading][] = [
  ['HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n{"ö":"é"}'.replace('8', '11'), whole(200, '{"ö":"é"}')],
  ['HTTP/1.1 204 No Content\r\nx: y\r\n\r\n', whole(204, '')],
  ['HTTP/1.1 503 Busy\r\nconnection: Close\r\ncontent-length: 0\r\n\r\n', whole(503, '', true)],
  ['HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok', whole(200, 'ok')],
  [
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nWiki\r\nB;x=y\r\npedia in \r\n\r\n0\r\n\r\n',
    whole(200, 'Wikipedia in \r\n'),
  ],
];

test('an answer is whole when all of it has come, and not before', () => {
  for (const [text, expected] of answers) {
    const bytes = Buffer.from(text, 'utf8');
    assert.deepEqual(readResponse(bytes, false), expected, text);
    for (let length = 0; length < bytes.length - 2; length += 1) {
      assert.deepEqual(readResponse(bytes.subarray(0, length), false), { kind: 'partial' }, `${length} bytes of ${text}`);
    }
  }
});

test('without a length, the end of the connection ends it; cut off, it is never whole', () => {
  const text = 'HTTP/1.0 200 OK\r\nconnection: close\r\n\r\nall';
  assert.deepEqual(readResponse(Buffer.from(text), false), { kind: 'partial' });
  assert.deepEqual(readResponse(Buffer.from(text), true), whole(200, 'all', true));
  for (const cut of [
    'HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nx',
    'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\nWi',
    'HTTP/1.1 200',
  ]) {
    assert.deepEqual(readResponse(Buffer.from(cut), true), { kind: 'partial' });
  }
});

test('what is no answer is refused, and nothing else is thrown', () => {
  for (const text of [
    'SSH-2.0-OpenSSH_9.2\r\n\r\n',
    'HTTP/1.1 abc\r\n\r\n',
    'HTTP/2 200\r\n\r\n',
    'HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n',
    'HTTP/1.1 200 OK\r\ncontent-length: 1e3\r\n\r\n',
    'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nxyz\r\n',
    'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nfffffffff\r\n',
    'x'.repeat(20_000),
  ]) {
    assert.throws(() => readResponse(Buffer.from(text), false), MalformedAnswer, text.slice(0, 60));
  }
  const piece = fc.constantFrom(
    'HTTP/1.1 200 OK\r\n',
    '\r\n',
    'content-length: ',
    'transfer-encoding: chunked\r\n',
    '5',
    'abc',
    '0\r\n',
    ':',
  );
  fc.assert(
    fc.property(
      fc.array(fc.oneof(piece, fc.string({ unit: 'binary', maxLength: 5 })), { maxLength: 12 }),
      fc.boolean(),
      (pieces, isEnded) => {
        try {
          readResponse(Buffer.from(pieces.join('')), isEnded);
        } catch (error) {
          assert.ok(error instanceof MalformedAnswer);
        }
      },
    ),
  );
});
