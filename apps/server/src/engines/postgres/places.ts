import { createHash } from 'node:crypto';
import { existsSync, lchownSync, lstatSync, mkdirSync, readlinkSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { StartProblem } from '../../platform/start-problem.ts';
import type { RunAs } from './run-as.ts';

/** Where one embedded server keeps its things. All folders have mode 700. */
export type Places = { base: string; data: string; run: string; log: string };

/** A socket's path may have 107 bytes on Linux and 103 on macOS; PostgreSQL adds its name, and ".lock" beside it. */
const socketPathBytesMax = 100;
const socketName = '/.s.PGSQL.5432';

/**
 * Makes the folders of a server. Run as another user, which cannot enter a private folder of ours, everything lies
 * under /var/lib, with `<folder>/data` as a link to it, so that the next start finds it again.
 */
export function preparePlaces(folder: string, runAs: RunAs): Places {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const base = runAs.kind === 'user' && !belongsTo(folder, runAs.uid) ? outsideBase(folder, runAs) : realpathSync(folder);
  const places = { base, data: join(base, 'data'), run: runFolder(base), log: join(base, 'postgres.log') };
  makePrivateFolder(places.run, runAs);
  return places;
}

function outsideBase(folder: string, runAs: RunAs): string {
  const link = join(folder, 'data');
  const current = lstatSync(link, { throwIfNoEntry: false });
  if (current !== undefined && !current.isSymbolicLink()) {
    throw new StartProblem(
      `${link} was written under a user namespace, which this system now forbids; allow user namespaces, or set DATABASE_URL.`,
    );
  }
  const base = current === undefined ? `${outsideFolder()}/tessera-${shortHash(realpathSync(folder))}` : dirname(readlinkSync(link));
  makePrivateFolder(base, runAs);
  if (current === undefined) symlinkSync(join(base, 'data'), link);
  return base;
}

function outsideFolder(): string {
  return existsSync('/var/lib') ? '/var/lib' : '/var/tmp';
}

/** Where the socket of the server lies whose things lie in `base`. */
export function runFolder(base: string): string {
  const beside = join(base, 'run');
  if (Buffer.byteLength(beside + socketName) < socketPathBytesMax) return beside;
  const name = `tessera-${shortHash(base)}`;
  const inTemp = join(tmpdir(), name);
  return Buffer.byteLength(inTemp + socketName) < socketPathBytesMax ? inTemp : join('/tmp', name);
}

/** A stopped server leaves nothing in the temporary folder. */
export function removeRunFolder(places: Places): void {
  if (dirname(places.run) !== places.base) rmSync(places.run, { recursive: true, force: true });
}

/** Makes a folder that only its owner may enter; refuses one that somebody else has put in its place. */
function makePrivateFolder(folder: string, runAs: RunAs): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (runAs.kind === 'user') lchownSync(folder, runAs.uid, runAs.gid);
  const stat = lstatSync(folder);
  const owner = runAs.kind === 'user' ? runAs.uid : process.getuid?.();
  if (!stat.isDirectory() || stat.uid !== owner || (stat.mode & 0o077) !== 0) {
    throw new StartProblem(`${folder} must be a private folder (mode 700) of the user that runs Tessera; remove it and start again.`);
  }
}

function belongsTo(path: string, uid: number): boolean {
  return lstatSync(path).uid === uid;
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
