import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readLock } from '../../apps/server/src/platform/lock-file.ts';
import { isAlive } from '../../apps/server/src/platform/processes.ts';
import { repository } from './repository.ts';

/**
 * One PostgreSQL for all test files, whoever runs them. A keeper process owns it; whoever uses it holds a connection
 * to the keeper, which stops the server soon after the last one is gone, however its user ended.
 */
export type KeeperNote = { port: number; url: string };

export type SharedServer = {
  url: string;
  /** `now` also waits until the server has stopped, if nobody else uses it. */
  leave(when: 'soon' | 'now'): Promise<void>;
};

export const keeperFolder = join(repository, '.tessera', 'test');
export const keeperLock = join(keeperFolder, 'keeper.json');

const START_MAX_MS = 60_000;

/** Answers the shared server, starting it if it does not run. TESSERA_TEST_DATABASE_URL names another to use. */
export async function joinSharedServer(): Promise<SharedServer> {
  const given = process.env['TESSERA_TEST_DATABASE_URL'];
  if (given) return { url: given, leave: async () => {} };
  const end = performance.now() + START_MAX_MS;
  for (;;) {
    const keeper = readLock<KeeperNote>(keeperLock);
    const socket = keeper === null || keeper.port === 0 ? null : await connectTo(keeper.port);
    if (keeper !== null && socket !== null) return joined(keeper.pid, keeper.url, socket);
    if (performance.now() > end) throw new Error(`The test database does not start; see ${join(keeperFolder, 'keeper.log')}.`);
    if (keeper === null) startKeeper();
    await sleep(100);
  }
}

function joined(keeperPid: number, url: string, socket: Socket): SharedServer {
  // Connected for as long as this process lives, without keeping it alive.
  socket.unref();
  return {
    url,
    leave: async (when) => {
      socket.end(when);
      if (when === 'soon') return;
      const end = performance.now() + START_MAX_MS;
      while (isAlive(keeperPid) && (await isLeaving(keeperPid)) && performance.now() < end) await sleep(20);
    },
  };
}

/** A keeper that is about to end gives up its lock's port first. */
async function isLeaving(keeperPid: number): Promise<boolean> {
  await sleep(100);
  const keeper = readLock<KeeperNote>(keeperLock);
  return keeper?.pid === keeperPid && keeper.port === 0;
}

/** The keeper greets whom it counts; one that is about to end closes instead. */
function connectTo(port: number): Promise<Socket | null> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('data', () => resolve(socket));
    socket.once('close', () => resolve(null));
    socket.on('error', () => socket.destroy());
  });
}

/** Two users may start a keeper each: the lock lets one live. */
function startKeeper(): void {
  mkdirSync(keeperFolder, { recursive: true, mode: 0o700 });
  const file = join(import.meta.dirname, 'database-keeper.ts');
  spawn(process.execPath, [file], { detached: true, stdio: 'ignore', env: { PATH: process.env['PATH'] } }).unref();
}
