import assert from 'node:assert/strict';
import { test } from 'node:test';
import { classify, isSilent } from '../failures.ts';

/** What PostgreSQL says carries a severity; what the system says does not. */
const said = (code: string) => Object.assign(new Error(code), { code, severity: 'ERROR' });
const lost = (code: string) => Object.assign(new Error(code), { code });

test('the offence of one command is poison', () => {
  for (const code of ['22P02', '22021', '22003', '23505', '23514', '23502', '42703', 'XX000', 'P0001']) {
    assert.equal(classify(said(code)), 'poison', code);
    assert.equal(isSilent(said(code)), false, code);
  }
});

test('what passes is run again', () => {
  for (const code of ['40001', '40P01', '55P03', '57P01', '57P02', '57P03', '53100', '53300', '08006', '25P03', '25006', '58030']) {
    assert.equal(classify(said(code)), 'passing', code);
  }
});

test('a lost connection is never the fault of a command, whatever the system calls it', () => {
  // EPIPE and E2BIG have the five characters of a SQLSTATE.
  for (const code of ['EPIPE', 'E2BIG', 'ECONNRESET', 'ECONNREFUSED', 'ENOENT', 'ETIMEDOUT']) {
    assert.equal(classify(lost(code)), 'passing', code);
    assert.equal(isSilent(lost(code)), true, code);
  }
  for (const error of [new Error('Connection terminated unexpectedly'), 'gone', null, undefined]) {
    assert.equal(classify(error), 'passing');
    assert.equal(isSilent(error), true);
  }
});
