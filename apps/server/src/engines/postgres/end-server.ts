import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from '../../platform/processes.ts';
import { isPostmasterOf } from './postmaster-file.ts';

/** A server that ran under this number in this data folder; the system may give the number to another when it is gone. */
export type ServerProcess = { pid: number; data: string };

const LOOK_MS = 20;
const FAST_MAX_MS = 60_000;
const IMMEDIATE_MAX_MS = 10_000;

/**
 * Stops a server: fast (connections end, everything is written), then immediately (the next start recovers).
 * Nothing that was committed is lost by either.
 */
export async function endServer(server: ServerProcess): Promise<void> {
  if (await endsAfter(server, 'SIGINT', FAST_MAX_MS)) return;
  if (await endsAfter(server, 'SIGQUIT', IMMEDIATE_MAX_MS)) return;
  throw new Error(`PostgreSQL (process ${server.pid}) does not stop.`);
}

/** Asks a server to end fast, without waiting for it. */
export function askToEnd(server: ServerProcess): void {
  signal(server, 'SIGINT');
}

async function endsAfter(server: ServerProcess, name: NodeJS.Signals, mostMs: number): Promise<boolean> {
  const end = performance.now() + mostMs;
  if (!signal(server, name)) return true;
  while (isAlive(server.pid)) {
    if (performance.now() > end) return false;
    await sleep(LOOK_MS);
  }
  return true;
}

/** Whether there was a server to tell: never a process that has its number by now. */
function signal({ pid, data }: ServerProcess, name: NodeJS.Signals): boolean {
  if (!isAlive(pid) || !isPostmasterOf(pid, data)) return false;
  try {
    process.kill(pid, name);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}
