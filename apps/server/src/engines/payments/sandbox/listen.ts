import { readFileSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Random } from '../../../platform/random.ts';
import { StartProblem } from '../../../platform/start-problem.ts';

/** Below the ports that systems give to outgoing connections. */
const PORT_MIN = 20_000;
const PORT_MAX = 32_000;
const TRIES_MAX = 50;

export type ListenOptions = {
  host: string;
  /** 0 is any; null the one that the folder keeps, so that addresses of pages hold beyond a restart, or a new one. */
  port: number | null;
  folder: string;
  random: Random;
};

/** Opens the port and answers its number. Throws StartProblem. */
export async function listen(server: Server, { host, port, folder, random }: ListenOptions): Promise<number> {
  if (port !== null) {
    if (await tryPort(server, host, port)) return portOf(server);
    throw new StartProblem(`Port ${port} of the payment sandbox is taken by another program. Set SANDBOX_PORT to a free one.`);
  }
  const kept = keptPort(folder);
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const next = tries === 0 && kept !== null ? kept : PORT_MIN + Math.floor(random() * (PORT_MAX - PORT_MIN));
    if (!(await tryPort(server, host, next))) continue;
    writeFileSync(portPath(folder), String(next), { mode: 0o600 });
    return next;
  }
  throw new StartProblem('The payment sandbox finds no free port. Set SANDBOX_PORT to one.');
}

/** The port of the sandbox that runs, or ran, from this folder; null if none has. */
export function keptPort(folder: string): number | null {
  try {
    const port = Number(readFileSync(portPath(folder), 'utf8'));
    return Number.isInteger(port) && port > 0 && port <= 65_535 ? port : null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function portPath(folder: string): string {
  return join(folder, 'port');
}

/** Whether it listens now; false where another program does. */
function tryPort(server: Server, host: string, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException): void => {
      if (error.code === 'EADDRINUSE') resolve(false);
      else reject(error);
    };
    server.once('error', onError);
    server.listen(port, host, () => {
      server.removeListener('error', onError);
      resolve(true);
    });
  });
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
