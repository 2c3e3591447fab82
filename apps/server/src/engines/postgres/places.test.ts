import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { StartProblem } from '../../platform/start-problem.ts';
import { preparePlaces, removeRunFolder } from './places.ts';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'tessera-')));
after(() => rmSync(root, { recursive: true }));

test('everything lies in the folder, closed to others', () => {
  const folder = join(root, 'plain');
  const places = preparePlaces(folder, { kind: 'self' });
  assert.deepEqual(places, {
    base: folder,
    data: join(folder, 'data'),
    run: join(folder, 'run'),
    log: join(folder, 'postgres.log'),
  });
  assert.equal(statSync(places.run).mode & 0o777, 0o700);
});

test('the socket of a folder with a long path lies in the temporary folder, always at the same place', () => {
  const folder = join(root, 'long'.repeat(40));
  const places = preparePlaces(folder, { kind: 'self' });
  const { run } = places;
  assert.ok(run.length < 90, run);
  assert.equal(preparePlaces(folder, { kind: 'self' }).run, run);
  removeRunFolder(places);
  assert.equal(existsSync(run), false);
});

test('a socket folder that others may enter is refused', () => {
  const folder = join(root, 'open');
  mkdirSync(join(folder, 'run'), { recursive: true });
  chmodSync(join(folder, 'run'), 0o755);
  assert.throws(() => preparePlaces(folder, { kind: 'self' }), StartProblem);
});
