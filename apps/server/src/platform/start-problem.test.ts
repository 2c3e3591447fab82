import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explainStartError, StartProblem } from './start-problem.ts';

function errorWith(code: string, path?: string): Error {
  return Object.assign(new Error('as the system says it'), { code }, path === undefined ? {} : { path });
}

test('errors of the file system become a sentence that names the path, or the home where none is known', () => {
  const explained = explainStartError(errorWith('ENOSPC', '/srv/x'), '/home');
  assert.ok(explained instanceof StartProblem);
  assert.equal(explained.message, 'The disk is full: /srv/x could not be written. Free some space and start again.');
  assert.match((explainStartError(errorWith('EROFS'), '/home') as Error).message, /^\/home lies on a read-only file system/);
});

test('a full disk under the database is found behind other errors', () => {
  const error = new Error('Migration 1 failed', { cause: errorWith('53100') });
  assert.match((explainStartError(error, '/home') as Error).message, /^The disk is full: the database/);
});

test('what no sentence would help stays as it is', () => {
  for (const error of [new Error('bug'), errorWith('42601'), new StartProblem('said already'), 'text', null]) {
    assert.equal(explainStartError(error, '/home'), error);
  }
});
