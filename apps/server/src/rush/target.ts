import { spawn, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartProblem } from '../platform/start-problem.ts';
import { findRunningServer } from '../serve/home.ts';

/** A server to rush at; `stop` ends it if it was started for that. */
export type Target = { url: string; isOwn: boolean; stop(): Promise<void> };

const MAIN = join(import.meta.dirname, '../main.ts');
const PORT_MIN = 18_080;
const PORT_MAX = 18_180;
const POLL_MS = 100;
/** A first start makes the database first. */
const START_MS_MAX = 180_000;

/** The server that runs from `home`; where none runs, one is started on a free port. */
export async function findOrStartServer(home: string): Promise<Target> {
  if (findRunningServer(home) !== null) return { url: await waitForUrl(home, null), isOwn: false, stop: async () => {} };
  const port = await findFreePort();
  const args = [MAIN, 'serve', '--port', String(port), '--host', '127.0.0.1'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
  };
  try {
    return { url: await waitForUrl(home, child), isOwn: true, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function waitForUrl(home: string, child: ChildProcess | null): Promise<string> {
  for (const untilMs = performance.now() + START_MS_MAX; performance.now() < untilMs; await sleep(POLL_MS)) {
    const url = findRunningServer(home)?.url ?? null;
    if (url !== null) return url;
    if (child !== null && child.exitCode !== null) throw new StartProblem('The server for the rush could not be started.');
  }
  throw new StartProblem('The server of this folder is starting and does not come up. Look at what it prints.');
}

async function findFreePort(): Promise<number> {
  for (let port = PORT_MIN; port <= PORT_MAX; port += 1) {
    if (await isFree(port)) return port;
  }
  throw new StartProblem(`No port from ${PORT_MIN} to ${PORT_MAX} is free. Start a server with \`npm start\` first.`);
}

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
