import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildLog } from './log.ts';
import { presentError } from './present-error.ts';

test('the log shows what an error says and why, and nothing that hangs on it', () => {
  const lines: string[] = [];
  const cause = Object.assign(new Error('connection lost'), { code: '57P01', client: { secretKey: 12345 } });
  buildLog('info', { write: (line) => void lines.push(line) }).warn({ err: new Error('The batch failed.', { cause }) }, 'trouble');
  const [line = ''] = lines;
  assert.match(line, /The batch failed\./);
  assert.match(line, /57P01/);
  assert.match(line, /present-error\.test/, 'the stack is there');
  assert.doesNotMatch(line, /secretKey|12345/);
});

test('a chain of causes ends, also where it is a circle', () => {
  const error = new Error('round');
  error.cause = error;
  assert.ok(JSON.stringify(presentError(error)).length < 100_000);
  assert.deepEqual(presentError('text'), { type: 'string', message: 'text' });
});
