import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, beforeEach, test } from 'node:test';
import { processIdentity } from '../apps/server/src/platform/processes.ts';

const folder = mkdtempSync(join(tmpdir(), 'tessera-'));
after(() => rmSync(folder, { recursive: true }));

const npm = join(folder, 'npm.js');
const calls = join(folder, 'calls');
const lock = {
  packages: { '': {}, 'node_modules/node': { version: '24.0.0' }, 'node_modules/other': { version: '1.0.0', optional: true } },
};

beforeEach(() => {
  rmSync(folder, { recursive: true });
  mkdirSync(join(folder, 'scripts'), { recursive: true });
  mkdirSync(join(folder, 'node_modules'));
  copyFileSync(join(import.meta.dirname, 'ensure-installed.js'), join(folder, 'scripts', 'ensure-installed.js'));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lock));
  writeFileSync(npm, `import { appendFileSync } from 'node:fs'; appendFileSync(${JSON.stringify(calls)}, process.argv[2] + '\\n');`);
});

function ensure(): { status: number | null; stderr: string } {
  const env = { PATH: process.env['PATH'], npm_execpath: npm, npm_node_execpath: process.execPath };
  return spawnSync(process.execPath, [join(folder, 'scripts', 'ensure-installed.js')], { env, encoding: 'utf8' });
}

function installs(): string {
  return existsSync(calls) ? readFileSync(calls, 'utf8') : '';
}

test('it installs once, and again when the lock file changes', () => {
  assert.equal(ensure().status, 0);
  assert.equal(ensure().status, 0);
  assert.equal(installs(), 'ci\n');
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ packages: {} }) + ' ');
  assert.equal(ensure().status, 0);
  assert.equal(installs(), 'ci\nci\n');
});

test('it does not install what somebody has installed by hand', () => {
  mkdirSync(join(folder, 'node_modules', 'node', 'bin'), { recursive: true });
  writeFileSync(join(folder, 'node_modules', 'node', 'bin', 'node'), '');
  const present = { packages: { 'node_modules/node': { version: '24.0.0' } } };
  writeFileSync(join(folder, 'node_modules', '.package-lock.json'), JSON.stringify(present));
  assert.equal(ensure().status, 0);
  assert.equal(installs(), '');
});

test('a version that differs is installed', () => {
  mkdirSync(join(folder, 'node_modules', 'node', 'bin'), { recursive: true });
  writeFileSync(join(folder, 'node_modules', 'node', 'bin', 'node'), '');
  const present = { packages: { 'node_modules/node': { version: '23.0.0' } } };
  writeFileSync(join(folder, 'node_modules', '.package-lock.json'), JSON.stringify(present));
  assert.equal(ensure().status, 0);
  assert.equal(installs(), 'ci\n');
});

test('it never installs under a running server, but does beside the file of one that has ended', () => {
  mkdirSync(join(folder, '.tessera'));
  const server = join(folder, '.tessera', 'server.json');
  writeFileSync(server, JSON.stringify({ pid: process.pid, identity: processIdentity(process.pid) }));
  const refused = ensure();
  assert.equal(refused.status, 1);
  assert.match(refused.stderr, /^Other packages are needed, but a server runs from this folder \(process \d+\)\. .*\n$/);
  assert.equal(installs(), '');
  writeFileSync(server, JSON.stringify({ pid: process.pid, identity: 'another boot/1' }));
  assert.equal(ensure().status, 0);
  assert.equal(installs(), 'ci\n');
});

test('when npm fails, so does it, and nothing is taken for installed', () => {
  writeFileSync(npm, 'process.exit(3)');
  assert.equal(ensure().status, 1);
  assert.equal(existsSync(join(folder, 'node_modules', '.tessera-installed')), false);
});
