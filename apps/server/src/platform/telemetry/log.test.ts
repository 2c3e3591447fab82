import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildLog } from './log.ts';

test('what proves who somebody is never reaches the log, three levels deep', () => {
  const lines: string[] = [];
  const log = buildLog('info', { write: (line) => lines.push(line) });
  log.info({ authorization: 'Bearer bys_1', headers: { cookie: 'c_2' }, request: { body: { access_code: 'VIP_3' } }, path: '/x' }, 'seen');
  log.debug('not written');
  assert.equal(lines.length, 1);
  assert.doesNotMatch(lines[0]!, /bys_1|c_2|VIP_3/);
  assert.deepEqual([JSON.parse(lines[0]!).path, JSON.parse(lines[0]!).level], ['/x', 'info']);
});
