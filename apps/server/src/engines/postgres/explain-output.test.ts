import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explainOutput } from './explain-output.ts';

test('a full disk is said in one sentence, whatever was printed around it', () => {
  const { message } = explainOutput('PostgreSQL did not start', 'LOG: x\nFATAL:  could not write lock file: No space left on device\n');
  assert.equal(message, 'PostgreSQL did not start: the disk is full. Free some space and start again.');
});

test('what nobody foresaw is shown by its last lines', () => {
  const { message } = explainOutput('PostgreSQL did not start', 'a\nb\nc\nd\ne\nf\n');
  assert.equal(message, 'PostgreSQL did not start. PostgreSQL says:\nb\nc\nd\ne\nf');
});

test('no output at all is said too', () => {
  assert.match(explainOutput('PostgreSQL did not start', '').message, /\(nothing\)$/);
});
