import assert from 'node:assert/strict';
import { test } from 'node:test';
import { takeOptions, withSettings } from './url-options.ts';

test('timeouts are taken out and options apart; the rest stays as it was written', () => {
  const cases = [
    ['postgres://u:p@h:5432/d', 'postgres://u:p@h:5432/d', ''],
    ['postgres://u@/d?host=%2Frun%2Fit%27s%20here', 'postgres://u@/d?host=%2Frun%2Fit%27s%20here', ''],
    ['postgres://h/d?statement_timeout=1&sslmode=require&query_timeout=2', 'postgres://h/d?sslmode=require', ''],
    ['postgres://h/d?options=-c%20a%3D1', 'postgres://h/d', '-c a=1'],
    ['postgres://h/d?options=-c+a=1&sslmode=disable&options=-c b=2', 'postgres://h/d?sslmode=disable', '-c a=1 -c b=2'],
    ['postgres://h/d?%73tatement_timeout=1', 'postgres://h/d', ''],
  ] as const;
  for (const [url, connectionString, options] of cases) assert.deepEqual(takeOptions(url), { connectionString, options });
});

test('our settings come last', () => {
  assert.equal(withSettings('', ['a=1', 'b=2']), '-c a=1 -c b=2');
  assert.equal(withSettings('-c a=9', ['a=1']), '-c a=9 -c a=1');
});
