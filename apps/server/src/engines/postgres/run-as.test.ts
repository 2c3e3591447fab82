import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { canRun, chooseRunAs, commandAs } from './run-as.ts';

const folder = mkdtempSync(join(tmpdir(), 'tessera-'));
after(() => rmSync(folder, { recursive: true }));
const question = { data: join(folder, 'data'), folder, program: process.execPath };
const isRoot = process.getuid?.() === 0;

test('an ordinary user runs PostgreSQL himself, root never does', () => {
  const chosen = chooseRunAs({ ...question, namespaces: 'try' });
  assert.equal(chosen.kind === 'self', !isRoot);
});

test('without user namespaces root runs it as another user', () => {
  const chosen = chooseRunAs({ ...question, namespaces: 'forbidden' });
  assert.equal(chosen.kind, isRoot ? 'user' : 'self');
  if (chosen.kind === 'user') assert.notEqual(chosen.uid, 0);
});

test('a namespace that cannot reach the folder is not taken', () => {
  const chosen = chooseRunAs({ ...question, folder: join(folder, 'missing'), namespaces: 'try' });
  assert.equal(chosen.kind, isRoot ? 'user' : 'self');
});

test('data of a namespace stays with the namespace', () => {
  mkdirSync(question.data);
  const chosen = chooseRunAs({ ...question, namespaces: 'try' });
  assert.notEqual(chosen.kind === 'user' && chosen.uid === 0, true);
});

test('the command line says as whom', () => {
  assert.deepEqual(commandAs({ kind: 'self' }, 'postgres', ['-D', 'x']), { file: 'postgres', args: ['-D', 'x'], owner: {} });
  const mapped = commandAs({ kind: 'namespace', uid: 7, gid: 8 }, 'postgres', ['-D', 'x']);
  assert.deepEqual(mapped.args, ['--user', '--map-user=7', '--map-group=8', '--', 'postgres', '-D', 'x']);
  assert.deepEqual(commandAs({ kind: 'user', uid: 7, gid: 8 }, 'postgres', []).owner, { uid: 7, gid: 8 });
});

test('a program that is not there cannot be run', () => {
  assert.equal(canRun({ kind: 'self' }, process.execPath), true);
  assert.equal(canRun({ kind: 'self' }, join(folder, 'missing')), false);
});
