import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runningPostmaster } from '../../apps/server/src/engines/postgres/index.ts';
import { isAlive } from '../../apps/server/src/platform/processes.ts';
import { freePort } from './free-port.ts';
import { onProcessEnd } from './on-process-end.ts';
import { descendants, kill9 } from './process-tree.ts';
import { repository } from './repository.ts';
import { temporaryFolder } from './temporary-folder.ts';

export type ServerOptions = {
  /** TESSERA_HOME; kept after `stop`. Without it a temporary one, removed. */
  folder?: string;
  env?: Readonly<Record<string, string>>;
  args?: readonly string[];
  /** The program to run, as a path in the checkout; and the checkout, if it is not this one. */
  program?: string;
  checkout?: string;
  /** A command line that runs the program otherwise, say as another user. */
  wrap?: readonly string[];
  readyMaxMs?: number;
};

export type Ended = { status: number | null; signal: NodeJS.Signals | null };

export type TestServer = {
  url: string;
  port: number;
  pid: number;
  home: string;
  /** All it has printed so far. */
  output(): string;
  /** Asks it to stop and waits until it has. */
  stop(signal?: NodeJS.Signals): Promise<Ended>;
  /** Kills the server with its workers, its PostgreSQL, or all of them at once. */
  kill9(what?: 'all' | 'server' | 'postgres'): Promise<void>;
  postgresPid(): number | null;
  ended(): Promise<Ended>;
};

const READY_MAX_MS = 60_000;
const mainProgram = 'apps/server/src/main.ts';

/** Starts the real program in a process of its own and waits until it is ready. Throws with its output if it ends instead. */
export async function startServer(options: ServerOptions = {}): Promise<TestServer> {
  const server = await launchProgram(options);
  const end = performance.now() + (options.readyMaxMs ?? READY_MAX_MS);
  while (!(await isReady(server.url))) {
    if (!isAlive(server.pid) || performance.now() > end) {
      await server.kill9('all');
      throw new Error(`The server did not become ready. It printed:\n${server.output()}`);
    }
    await sleep(50);
  }
  return server;
}

/** Starts the program without waiting: for starts that are refused or killed half-way. */
export async function launchProgram(options: ServerOptions = {}): Promise<TestServer> {
  const folder = options.folder === undefined ? temporaryFolder() : { path: options.folder, remove: () => {} };
  const port = Number(options.env?.['PORT'] ?? (await freePort()));
  const child = spawnProgram(options, folder.path, port);
  const pieces: string[] = [];
  child.stdout?.setEncoding('utf8').on('data', (piece: string) => pieces.push(piece));
  child.stderr?.setEncoding('utf8').on('data', (piece: string) => pieces.push(piece));
  const closed = new Promise<Ended>((resolve) => child.once('close', (status, signal) => resolve({ status, signal })));
  const ended = waitFor(child, closed);
  const pid = child.pid ?? -1;
  const postgresPid = (): number | null => runningPostmaster(join(folder.path, 'postgres', 'data'))?.pid ?? null;
  const killAll = (what: 'all' | 'server' | 'postgres'): void => kill9(victims(what, pid, postgresPid()));
  const forget = onProcessEnd(() => {
    killAll('all');
    folder.remove();
  });
  closed.then(() => forget());
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    pid,
    home: folder.path,
    output: () => pieces.join(''),
    ended,
    postgresPid,
    stop: async (signal = 'SIGTERM') => {
      child.kill(signal);
      const result = await ended();
      folder.remove();
      return result;
    },
    kill9: async (what = 'all') => {
      if (isAlive(pid)) killAll(what);
      if (what !== 'postgres') await ended();
      if (what === 'all') folder.remove();
    },
  };
}

/**
 * A test that failed before it stopped its server must not hang: the server keeps the test's process alive only
 * while somebody waits for its end.
 */
function waitFor(child: ChildProcess, closed: Promise<Ended>): () => Promise<Ended> {
  const handles = [child, child.stdout as Socket | null, child.stderr as Socket | null];
  for (const handle of handles) handle?.unref();
  return () => {
    for (const handle of handles) handle?.ref();
    return closed;
  };
}

function victims(what: 'all' | 'server' | 'postgres', pid: number, postgresPid: number | null): number[] {
  const postgres = postgresPid === null ? [] : [postgresPid, ...descendants(postgresPid)];
  if (what === 'postgres') return postgres;
  const server = [pid, ...descendants(pid).filter((one) => !postgres.includes(one))];
  return what === 'server' ? server : [...server, ...postgres];
}

function spawnProgram(options: ServerOptions, home: string, port: number): ChildProcess {
  const checkout = options.checkout ?? repository;
  const node = join(checkout, 'node_modules', '.bin', 'node');
  const program = join(checkout, options.program ?? mainProgram);
  const [file = '', ...args] = [...(options.wrap ?? []), node, program, ...(options.args ?? [])];
  // The tests' own environment stays out: its settings are not this server's.
  const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], TESSERA_HOME: home, PORT: String(port), ...options.env };
  return spawn(file, args, { cwd: '/', env, stdio: ['ignore', 'pipe', 'pipe'] });
}

async function isReady(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(2_000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false; // Not listening yet.
  }
}
