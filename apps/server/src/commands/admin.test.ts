import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StartProblem } from '../platform/start-problem.ts';
import type { Operators } from '../modules/accounts/index.ts';
import { administer } from './admin.ts';
import { readAdminFlags } from './admin-flags.ts';

test('flags are read, and what is wrong with them is said', () => {
  assert.deepEqual(readAdminFlags(['list']), { kind: 'list' });
  assert.deepEqual(readAdminFlags(['create', '--email', 'ada@example.org']), { kind: 'create', email: 'ada@example.org' });
  assert.deepEqual(readAdminFlags(['--email=ada@example.org', 'remove']), { kind: 'remove', email: 'ada@example.org' });
  for (const help of [[], ['--help'], ['create', '-h']]) assert.equal(readAdminFlags(help).kind, 'help');
  for (const wrong of [['creat'], ['create'], ['remove'], ['list', '--email', 'a@b'], ['create', 'a@b'], ['create', '--mail', 'a@b']]) {
    assert.equal(readAdminFlags(wrong).kind, 'wrong', wrong.join(' '));
  }
});

test('what came of it is told', async () => {
  const lines: string[] = [];
  const since = new Date(0);
  const operators: Operators = {
    create: async (email) => (email === 'nobody' ? { kind: 'no_account' } : { kind: 'created', isProtected: email !== 'bare' }),
    remove: async (email) => ({ kind: email === 'nobody' ? 'no_operator' : 'removed' }),
    list: async () => [{ personId: '', name: 'Ada \u001b[31m', email: 'ada@example.org', since }],
  };
  const tell = (line: string) => void lines.push(line);
  assert.equal(await administer(operators, { kind: 'create', email: 'ada' }, tell), 0);
  assert.equal(await administer(operators, { kind: 'create', email: 'bare' }, tell), 0);
  assert.equal(await administer(operators, { kind: 'remove', email: 'ada' }, tell), 0);
  assert.equal(await administer(operators, { kind: 'list' }, tell), 0);
  assert.deepEqual(lines, [
    'ada is an operator now.',
    'bare is an operator now.',
    'The role opens nothing yet: the account needs a second factor or a passkey, and a session that began with it.',
    'ada is no operator any more.',
    '1970-01-01T00:00:00.000Z  ada@example.org  Ada \ufffd[31m',
  ]);
  await assert.rejects(administer(operators, { kind: 'create', email: 'nobody' }, tell), (error: Error) => {
    return error instanceof StartProblem && /Sign up first/.test(error.message);
  });
  await assert.rejects(administer(operators, { kind: 'remove', email: 'nobody' }, tell), StartProblem);
});
