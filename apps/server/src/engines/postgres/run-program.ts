import { spawn } from 'node:child_process';
import { commandAs } from './run-as.ts';
import type { RunAs } from './run-as.ts';

/** PG… variables of the operator's shell must not change the embedded server, so it gets an environment of its own. */
export const environment = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C', TZ: 'UTC' };

export type ProgramResult = { status: number | null; output: string };

/**
 * Runs a program of PostgreSQL to its end and gathers what it prints.
 * `detached` puts it in a session of its own, so that Ctrl-C in the terminal does not reach it.
 */
export function runProgram(runAs: RunAs, file: string, args: readonly string[], detached = false): Promise<ProgramResult> {
  const command = commandAs(runAs, file, args);
  return new Promise((resolve, reject) => {
    // The current folder may be closed to another user; the root folder never is.
    const child = spawn(command.file, command.args, {
      ...command.owner,
      cwd: '/',
      env: environment,
      detached,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const pieces: Buffer[] = [];
    child.stdout.on('data', (piece: Buffer) => pieces.push(piece));
    child.stderr.on('data', (piece: Buffer) => pieces.push(piece));
    child.once('error', reject);
    // Not `close`: the server that pg_ctl leaves behind may keep the pipes open.
    child.once('exit', (status) => {
      setImmediate(() => {
        child.stdout.destroy();
        child.stderr.destroy();
        resolve({ status, output: Buffer.concat(pieces).toString('utf8').trim() });
      });
    });
  });
}
