/**
 * Installs what is missing, before anything that npm packages are needed for: `npm ci`, if the lock file is not the
 * one that was installed last. It runs on whatever Node the machine has (20 or newer) and needs no package.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const modules = join(repository, 'node_modules');
const mark = join(modules, '.tessera-installed');
const lockText = readFileSync(join(repository, 'package-lock.json'), 'utf8');
const lockHash = createHash('sha256').update(lockText).digest('hex');

if (textOf(mark) !== lockHash) {
  if (!isInstalledByHand()) install();
  writeFileSync(mark, lockHash);
}

function install() {
  const running = runningServer();
  if (running !== null) {
    fail(`Other packages are needed, but a server runs from this folder (process ${running}). Stop it and run this again.`);
  }
  console.log('Installing what is missing (npm ci) …');
  const { file, args } = npm();
  const result = spawnSync(file, [...args, 'ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: repository,
    stdio: 'inherit',
    env: { ...process.env, PATH: outsidePath() },
  });
  if (result.error !== undefined) fail(`npm could not be run: ${result.error.message}`);
  if (result.status !== 0) fail('The packages could not be installed; npm says above why.');
}

/** Whether somebody has installed exactly the lock file's packages already: npm keeps a list of what it installed. */
function isInstalledByHand() {
  const listText = textOf(join(modules, '.package-lock.json'));
  if (listText === null || !existsSync(join(modules, 'node', 'bin', 'node'))) return false;
  const wanted = JSON.parse(lockText).packages;
  const present = JSON.parse(listText).packages;
  return Object.entries(wanted)
    .filter(([path]) => path.startsWith('node_modules/'))
    .every(([path, entry]) => (present[path] === undefined ? entry.optional === true : present[path].version === entry.version));
}

/** npm replaces node_modules, so it must not run on the Node in there. */
function npm() {
  const script = process.env.npm_execpath;
  const node = process.env.npm_node_execpath ?? process.execPath;
  const isOutside = !node.startsWith(modules + sep);
  return script !== undefined && isOutside ? { file: node, args: [script] } : { file: 'npm', args: [] };
}

function outsidePath() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.filter((folder) => !folder.startsWith(modules)).join(delimiter);
}

/** The pid of the server that holds the lock file of this folder, or null. */
function runningServer() {
  const home = process.env.TESSERA_HOME || join(repository, '.tessera');
  const text = textOf(join(home, 'server.json'));
  if (text === null) return null;
  try {
    const { pid, identity } = JSON.parse(text);
    process.kill(pid, 0);
    return isSameProcess(pid, identity) ? pid : null;
  } catch {
    return null; // Damaged, or its process has ended.
  }
}

/** The identity is "boot id/start time" on Linux; elsewhere a living pid must do. */
function isSameProcess(pid, identity) {
  const stat = textOf(`/proc/${pid}/stat`);
  if (stat === null) return !existsSync('/proc/self/stat');
  const started = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  return identity === `${textOf('/proc/sys/kernel/random/boot_id')?.trim()}/${started}`;
}

function textOf(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null; // Missing: the caller says what that means.
  }
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
