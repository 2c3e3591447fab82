import { execFileSync } from 'node:child_process';

/** The pids of all processes that came from this one and still have their parents. */
export function descendants(pid: number): number[] {
  const rows = execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  const found: number[] = [];
  const look = (parent: number): void => {
    for (const [child = 0, ppid] of rows) {
      if (ppid !== parent || found.includes(child)) continue;
      found.push(child);
      look(child);
    }
  };
  look(pid);
  return found;
}

/** Kills all of them as a crash would: first all are halted, so that none acts on another's end. */
export function kill9(pids: readonly number[]): void {
  for (const signal of ['SIGSTOP', 'SIGKILL'] as const) for (const pid of pids) sendSignal(pid, signal);
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
