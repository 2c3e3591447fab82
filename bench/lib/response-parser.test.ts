import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ResponseParser } from './response-parser.ts';

const answer = (status: number, body: string, name = 'Content-Length') =>
  Buffer.from(`HTTP/1.1 ${status} Whatever\r\nx-request-id: 17\r\n${name}: ${Buffer.byteLength(body)}\r\nx-other: a\r\n\r\n${body}`);

test('answers are read however their bytes are cut, one after the other', () => {
  const answers = fc.array(fc.tuple(fc.constantFrom(200, 201, 409, 503), fc.string({ unit: 'binary', maxLength: 50 })), {
    minLength: 1,
    maxLength: 4,
  });
  fc.assert(
    fc.property(answers, fc.integer({ min: 1, max: 40 }), (wanted, size) => {
      const parser = new ResponseParser();
      parser.keepsBody = true;
      for (const [status, body] of wanted) {
        const bytes = answer(status, body.toWellFormed());
        const done: boolean[] = [];
        for (let at = 0; at < bytes.length; at += size)
          done.push(parser.push(bytes.subarray(at, at + size), Math.min(size, bytes.length - at)));
        assert.deepEqual(done, [...done.slice(1).map(() => false), true]);
        assert.equal(parser.status, status);
        assert.equal(parser.takeBody(), body.toWellFormed());
      }
    }),
  );
});

test('bytes behind the given length belong to an earlier answer', () => {
  const bytes = answer(201, 'body');
  const shared = Buffer.concat([bytes, Buffer.from('\r\n\r\nold')]);
  const parser = new ResponseParser();
  assert.equal(parser.push(shared, 20), false);
  assert.equal(parser.push(bytes.subarray(20), bytes.length - 20), true);
  assert.equal(parser.status, 201);
});

test('the name of Content-Length is read in any case, and bodies of success are not kept unasked', () => {
  const parser = new ResponseParser();
  const bytes = answer(201, 'abc', 'cOnTeNt-LeNgTh');
  assert.equal(parser.push(bytes, bytes.length), true);
  assert.equal(parser.takeBody(), '');
});

test('an empty body completes an answer', () => {
  const parser = new ResponseParser();
  const bytes = answer(200, '');
  assert.equal(parser.push(bytes, bytes.length), true);
});

test('what is no such answer is refused', () => {
  const unreadable = ['HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n', 'SSH-2.0-OpenSSH\r\ncontent-length: 4\r\n\r\nabcd'];
  for (const text of unreadable) assert.throws(() => new ResponseParser().push(Buffer.from(text), text.length), /Unreadable answer/);
  const two = Buffer.concat([answer(200, 'a'), answer(200, 'b')]);
  assert.throws(() => new ResponseParser().push(two, two.length), /More came/);
});
