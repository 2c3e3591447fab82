import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandLine, isAlive, workingFolder } from '../../platform/processes.ts';

/** What `postmaster.pid` in a data folder says about the server that runs in it, or that ran. */
export type Postmaster = { pid: number; isReady: boolean };

/** Above the highest pid that Linux and macOS give, so that no process ever has it. */
const PID_OF_NOBODY = 999_999_999;

const SOCKET_LOCK = '.s.PGSQL.5432.lock';

/** Reads `postmaster.pid`, or answers null when there is none or it is still being written. */
export function readPostmaster(data: string): Postmaster | null {
  const text = readIfThere(join(data, 'postmaster.pid'));
  return text === null ? null : parsePostmaster(text);
}

/** The first line is the pid, the eighth the state: starting, ready, stopping or standby. */
export function parsePostmaster(text: string): Postmaster | null {
  const lines = text.split('\n');
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return null;
  return { pid, isReady: lines[7]?.trim() === 'ready' };
}

/** The server that runs in this data folder now, or null. A pid that some other process has by now does not count. */
export function runningPostmaster(data: string): Postmaster | null {
  const found = readPostmaster(data);
  return found !== null && isAlive(found.pid) && isPostmasterOf(found.pid, data) ? found : null;
}

/**
 * PostgreSQL refuses to start while the pid in one of its old lock files belongs to any process of the same user, be
 * it an editor that got the number later or the old server as a zombie. So a pid that is no running server's is
 * replaced by one that nobody has. The rest of the file stays, because PostgreSQL finds by it whether parts of the
 * old server are still at work.
 */
export function disownStalePids(places: { data: string; run: string }): void {
  if (runningPostmaster(places.data) !== null) return;
  disown(join(places.data, 'postmaster.pid'));
  disown(join(places.run, SOCKET_LOCK));
}

function disown(path: string): void {
  const text = readIfThere(path);
  if (text === null) return;
  const [, ...rest] = text.split('\n');
  writeFileSync(path, [PID_OF_NOBODY, ...rest].join('\n'));
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** A server works in its data folder; where the system does not tell that, its command line names the folder. */
export function isPostmasterOf(pid: number, data: string): boolean {
  const command = commandLine(pid);
  if (command === null || !command.includes('postgres')) return false;
  const folder = workingFolder(pid);
  return folder === null || !existsSync(data) ? command.includes(data) : folder === realpathSync(data);
}
