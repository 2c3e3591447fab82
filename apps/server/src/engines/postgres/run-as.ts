import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';

/**
 * PostgreSQL refuses to run as root, and initdb as a user without a name. So it runs
 * - `self`: as whoever we are, the ordinary case;
 * - `namespace`: as ourselves, inside a user namespace that shows us under another user's number. Files stay ours and
 *   every folder that we can reach stays reachable;
 * - `user`: as another user, when we are root and namespaces are forbidden, or the data already belongs to that user.
 */
export type RunAs = { kind: 'self' } | { kind: 'namespace'; uid: number; gid: number } | { kind: 'user'; uid: number; gid: number };

export type RunAsQuestion = {
  /** The data folder; if it exists, its owner must go on owning it. */
  data: string;
  /** A folder that PostgreSQL must be able to write to, and a program that it must be able to run. */
  folder: string;
  program: string;
  /** `forbidden` takes the way for systems without user namespaces. */
  namespaces: 'try' | 'forbidden';
};

/** Decides once per start as whom PostgreSQL runs. */
export function chooseRunAs(question: RunAsQuestion): RunAs {
  const isRoot = process.getuid?.() === 0;
  if (!isRoot && hasName()) return { kind: 'self' };
  const owner = isRoot ? ownerOf(question.data) : null;
  if (owner !== null && owner.uid !== 0) return { kind: 'user', ...owner };
  const other = unprivilegedUser();
  if (question.namespaces === 'try' && worksMappedTo(other, question)) return { kind: 'namespace', ...other };
  return isRoot ? { kind: 'user', ...other } : { kind: 'self' };
}

/** A command line and spawn options that run a program as chosen. */
export function commandAs(
  runAs: RunAs,
  file: string,
  args: readonly string[],
): { file: string; args: string[]; owner: { uid?: number; gid?: number } } {
  switch (runAs.kind) {
    case 'self':
      return { file, args: [...args], owner: {} };
    case 'namespace':
      return { file: 'unshare', args: [...mapping(runAs), file, ...args], owner: {} };
    case 'user':
      return { file, args: [...args], owner: { uid: runAs.uid, gid: runAs.gid } };
  }
}

function mapping(user: { uid: number; gid: number }): string[] {
  return ['--user', `--map-user=${user.uid}`, `--map-group=${user.gid}`, '--'];
}

/** Namespaces may be forbidden; and root in one may no longer enter a private folder of somebody else. */
function worksMappedTo(user: { uid: number; gid: number }, question: RunAsQuestion): boolean {
  const probe = ['sh', '-c', 'test -w "$0" && test -x "$1"', question.folder, question.program];
  return spawnSync('unshare', [...mapping(user), ...probe], { stdio: 'ignore', cwd: '/' }).status === 0;
}

/** Whether a program can be reached and run when run as chosen. */
export function canRun(runAs: RunAs, program: string): boolean {
  const command = commandAs(runAs, program, ['--version']);
  return spawnSync(command.file, command.args, { ...command.owner, stdio: 'ignore', cwd: '/' }).status === 0;
}

function ownerOf(path: string): { uid: number; gid: number } | null {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined ? null : { uid: stat.uid, gid: stat.gid };
}

function hasName(): boolean {
  try {
    return userInfo().username !== '';
  } catch {
    return false; // A container may run under a number that no user has.
  }
}

/** `nobody`, else the first ordinary user of the system. initdb insists that the user has a name. */
function unprivilegedUser(): { uid: number; gid: number } {
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const ordinary = users.filter((fields) => fields.length > 3 && Number(fields[2]) !== 0 && Number.isInteger(Number(fields[2])));
  const chosen = ordinary.find((fields) => fields[0] === 'nobody') ?? ordinary[0];
  // Some systems write nobody as -2, which the kernel reads as an unsigned number.
  return { uid: Number(chosen?.[2] ?? 65534) >>> 0, gid: Number(chosen?.[3] ?? 65534) >>> 0 };
}
