import { appendFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../../apps/server/src/engines/postgres/index.ts';
import { takeLock } from '../../apps/server/src/platform/lock-file.ts';
import type { Lock } from '../../apps/server/src/platform/lock-file.ts';
import { dropLeftovers } from './database-leftovers.ts';
import { keeperFolder, keeperLock } from './database-server.ts';
import type { KeeperNote } from './database-server.ts';

/** The program that owns the shared test server; see database-server.ts. */

/** How long the server waits for the next user: long enough for the next file run by hand, short enough to be no litter. */
const LINGER_MS = 15_000;

const taken = takeLock<KeeperNote>(keeperLock, { port: 0, url: '' });
if (taken.kind === 'taken') await keep(taken.lock).catch((error: unknown) => log(String(error)));

async function keep(lock: Lock<KeeperNote>): Promise<void> {
  try {
    const postgres = await startEmbeddedPostgres({ folder: join(keeperFolder, 'postgres'), durable: false, log });
    await dropLeftovers(postgres.url);
    await untilUnused(lock, postgres.url);
    await postgres.stop();
  } finally {
    lock.release();
  }
}

/** Ends when the last user has been gone for a while. */
async function untilUnused(lock: Lock<KeeperNote>, url: string): Promise<void> {
  const users = new Set<Socket>();
  const server = createServer();
  await new Promise<void>((resolve) => {
    let timer = setTimeout(resolve, LINGER_MS);
    server.on('connection', (socket) => {
      clearTimeout(timer);
      users.add(socket);
      let lingerMs = LINGER_MS;
      socket.on('data', (text) => {
        if (text.toString() === 'now') lingerMs = 0;
      });
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        users.delete(socket);
        if (users.size === 0) timer = setTimeout(resolve, lingerMs);
      });
      socket.write('welcome');
    });
    server.listen(0, '127.0.0.1', () => lock.write({ port: portOf(server), url }));
  });
  lock.write({ port: 0, url: '' });
  server.close();
  for (const late of users) late.destroy();
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

function log(line: string): void {
  appendFileSync(join(keeperFolder, 'keeper.log'), `${line}\n`);
}
