import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Binaries } from './binaries.ts';
import { explainOutput } from './explain-output.ts';
import type { Places } from './places.ts';
import { disownStalePids, readPostmaster } from './postmaster-file.ts';
import { commandAs } from './run-as.ts';
import type { RunAs } from './run-as.ts';
import { environment } from './run-program.ts';

export type Launch = { binaries: Binaries; places: Places; runAs: RunAs; log: (line: string) => void };

const POLL_MS = 20;
const SLOW_MS = 3_000;
/** Parts of a killed server end by themselves when they notice; one in a long statement notices at its end. */
const REMAINS_MAX_MS = 30_000;
const LOG_BYTES_MAX = 16 * 1024 * 1024;

/**
 * glibc gives memory of a statement back to the kernel and takes it again for the next one, and the kernel fills every
 * page with zeros: half of the page faults of a busy lane. Kept, 32 MB a connection at most, a hold costs a tenth less.
 */
const KEEP_MEMORY = { MALLOC_TRIM_THRESHOLD_: '33554432', MALLOC_MMAP_THRESHOLD_: '33554432', MALLOC_TOP_PAD_: '1048576' };

type Outcome = { kind: 'ready'; pid: number } | { kind: 'failed'; output: string };

/**
 * Starts PostgreSQL in a session of its own, so that Ctrl-C in the terminal never reaches it, and waits until it
 * answers: after a crash that includes its recovery, for as long as it takes. Answers its pid.
 * Throws StartProblem with what it printed if it ends instead.
 */
export async function launchServer(launch: Launch): Promise<number> {
  const patienceEnd = performance.now() + REMAINS_MAX_MS;
  for (;;) {
    disownStalePids(launch.places);
    const outcome = await launchOnce(launch);
    if (outcome.kind === 'ready') return outcome.pid;
    const remains = /pre-existing shared memory block/.test(outcome.output);
    if (!remains || performance.now() > patienceEnd) throw explainOutput('PostgreSQL did not start', outcome.output);
    await sleep(500);
  }
}

async function launchOnce(launch: Launch): Promise<Outcome> {
  const { path, bytes } = rotatedLog(launch.places.log);
  const child = spawnServer(launch, path);
  const ended = new Promise<'ended'>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => resolve('ended'));
  });
  const pid = await Promise.race([ended, untilReady(launch, child)]);
  child.unref();
  if (pid !== 'ended') return { kind: 'ready', pid };
  return { kind: 'failed', output: readFileSync(path).subarray(bytes).toString('utf8') };
}

function spawnServer(launch: Launch, log: string): ChildProcess {
  const command = commandAs(launch.runAs, launch.binaries.postgres, ['-D', launch.places.data]);
  const output = openSync(log, 'a', 0o600);
  try {
    const stdio: ['ignore', number, number] = ['ignore', output, output];
    return spawn(command.file, command.args, {
      ...command.owner,
      cwd: '/',
      env: { ...environment, ...KEEP_MEMORY },
      detached: true,
      stdio,
    });
  } finally {
    closeSync(output);
  }
}

/** Never settles for a server that ends: the caller hears of that from its exit. */
async function untilReady(launch: Launch, child: ChildProcess): Promise<number> {
  const begunAt = performance.now();
  let told = false;
  for (;;) {
    const found = readPostmaster(launch.places.data);
    if (found !== null && found.pid === child.pid && found.isReady) return found.pid;
    if (child.exitCode !== null || child.signalCode !== null) return new Promise(() => {});
    if (!told && performance.now() - begunAt > SLOW_MS) {
      launch.log('PostgreSQL is still starting: after a crash it first recovers what was written last …');
      told = true;
    }
    await sleep(POLL_MS);
  }
}

function rotatedLog(path: string): { path: string; bytes: number } {
  const bytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (bytes <= LOG_BYTES_MAX) return { path, bytes };
  renameSync(path, `${path}.old`);
  return { path, bytes: 0 };
}
