import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readlinkSync } from 'node:fs';

/** Linux tells about processes by files; elsewhere `ps` is asked. */
const hasProc = existsSync('/proc/self/stat');

/** Whether the process runs. A zombie does not: it holds nothing but its number. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return !hasProc || statField(pid, 3) !== 'Z';
}

/**
 * A text that tells this process from any other that had or will have the same pid, or null when there is none.
 * On Linux: boot id and start time in clock ticks; elsewhere the start time as `ps` prints it.
 */
export function processIdentity(pid: number): string | null {
  if (!isAlive(pid)) return null;
  if (!hasProc) return askPs(pid, 'lstart=');
  const started = statField(pid, 22);
  return started === null ? null : `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${started}`;
}

/** The process's command line, arguments joined by spaces, or null when it cannot be read. */
export function commandLine(pid: number): string | null {
  if (!hasProc) return askPs(pid, 'command=');
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return null; // The process has ended meanwhile.
  }
}

/** The folder the process works in, or null where the system does not tell (not Linux, or not allowed). */
export function workingFolder(pid: number): string | null {
  if (!hasProc) return null;
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return null; // Ended meanwhile, or of another user.
  }
}

/** Fields are counted as in proc(5), from 1; the second, the program's name, may itself hold spaces and parentheses. */
function statField(pid: number, field: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[field - 3] ?? null;
  } catch {
    return null; // The process has ended meanwhile.
  }
}

function askPs(pid: number, column: string): string | null {
  try {
    const answer = execFileSync('ps', ['-o', column, '-p', String(pid)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return answer.trim() || null;
  } catch {
    return null; // ps exits with 1 when there is no such process.
  }
}
