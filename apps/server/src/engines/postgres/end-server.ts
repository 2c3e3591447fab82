import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from '../../platform/processes.ts';

const LOOK_MS = 20;
const FAST_MAX_MS = 60_000;
const IMMEDIATE_MAX_MS = 10_000;

/**
 * Stops a server: fast (connections end, everything is written), then immediately (the next start recovers).
 * Nothing that was committed is lost by either.
 */
export async function endServer(pid: number): Promise<void> {
  if (await endsAfter(pid, 'SIGINT', FAST_MAX_MS)) return;
  if (await endsAfter(pid, 'SIGQUIT', IMMEDIATE_MAX_MS)) return;
  throw new Error(`PostgreSQL (process ${pid}) does not stop.`);
}

/** Asks a server to end fast, without waiting for it. */
export function askToEnd(pid: number): void {
  signalIfAlive(pid, 'SIGINT');
}

async function endsAfter(pid: number, signal: NodeJS.Signals, mostMs: number): Promise<boolean> {
  const end = performance.now() + mostMs;
  signalIfAlive(pid, signal);
  while (isAlive(pid)) {
    if (performance.now() > end) return false;
    await sleep(LOOK_MS);
  }
  return true;
}

function signalIfAlive(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
