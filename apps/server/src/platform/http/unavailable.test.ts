import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problemOfAbsentDatabase } from './unavailable.ts';

function answerTo(code: string, message = 'no'): string | undefined {
  return problemOfAbsentDatabase(Object.assign(new Error(message), { code }))?.code;
}

test('what may succeed later is unavailable, and may be tried again', () => {
  const passing = ['08006', '25006', '25P02', '25P03', '25P04', '28000', '28P01', '3D000', '40001', '40P01', '53100', '53300', '55P03'];
  for (const code of [...passing, '57014', '57P01', '57P03', '58030', 'ECONNREFUSED', 'EPIPE']) {
    assert.equal(answerTo(code), 'UNAVAILABLE', code);
  }
  for (const message of ['Query read timeout', 'Connection terminated unexpectedly', 'timeout exceeded when trying to connect']) {
    assert.equal(problemOfAbsentDatabase(new Error(message))?.code, 'UNAVAILABLE', message);
  }
});

test('what would fail again is no matter of patience', () => {
  for (const code of ['22P05', '23505', '42601', '42P01', 'XX000', 'ERR_INVALID_ARG_TYPE']) assert.equal(answerTo(code), undefined, code);
  assert.equal(problemOfAbsentDatabase('57P01'), null);
});
