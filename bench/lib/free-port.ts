import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { Unmeasured } from './unmeasured.ts';

/** Below what systems hand out for outgoing connections, so that none of ours takes it in between. */
const LOWEST = 20_000;
const HIGHEST = 32_000;
const TRIES_MAX = 50;

/** A port of this machine that nobody listens on now. */
export async function findFreePort(): Promise<number> {
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const port = randomInt(LOWEST, HIGHEST);
    if (await isFree(port)) return port;
  }
  throw new Unmeasured(`No port between ${LOWEST} and ${HIGHEST} is free.`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
