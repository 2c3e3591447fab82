import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Db } from '../../../platform/db/index.ts';
import { buildErrands } from '../errands.ts';
import { buildLog } from '../../../platform/telemetry/index.ts';
import { buildKeyChecks } from './key-checks.ts';
import { newKeyToken } from './key-token.ts';

/** A database that counts what it is asked, and answers with these rows or fails. */
function build(answer: () => object[]) {
  const asked = { count: 0 };
  const query = async () => {
    asked.count += 1;
    return answer() as never[];
  };
  const db: Db = {
    query,
    queryRows: query,
    transaction: () => Promise.reject(new Error('not asked')),
    load: () => ({ total: 0, idle: 0, waiting: 0 }),
    close: async () => {},
  };
  const clock = { nowMs: () => 1_000_000 };
  return { asked, checks: buildKeyChecks({ db, clock, errands: buildErrands(buildLog('silent')) }) };
}

const ROW = { id: 'an id', ownerKind: 'person', ownerId: 'somebody', expiresAt: null, lastUsedAt: new Date(999_999) };

test('garbage and a wrong checksum ask nothing', async () => {
  const { asked, checks } = build(() => []);
  const { token } = newKeyToken({ isTest: true });
  for (const garbage of ['tsk_', `${token}a`, token.replace('test', 'live'), `tsk_live_${'a'.repeat(48)}`]) {
    assert.deepEqual(await checks.check(garbage), { kind: 'invalid' });
  }
  assert.equal(asked.count, 0);
});

test('a key, there or not, is asked for once while it is remembered, also by many at once', async () => {
  for (const rows of [[ROW], []]) {
    const { asked, checks } = build(() => rows);
    const { token } = newKeyToken({ isTest: false });
    const answers = await Promise.all(Array.from({ length: 20 }, () => checks.check(token)));
    assert.deepEqual(new Set(answers.map(({ kind }) => kind)), new Set([rows.length > 0 ? 'valid' : 'invalid']));
    await checks.check(token);
    assert.equal(asked.count, 1);
  }
});

test('what failed is not remembered', async () => {
  let isAway = true;
  const { checks } = build(() => {
    if (isAway) throw new Error('away');
    return [ROW];
  });
  const { token } = newKeyToken({ isTest: false });
  await assert.rejects(checks.check(token), /away/);
  isAway = false;
  assert.equal((await checks.check(token)).kind, 'valid');
});
