import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../../../support/free-port.ts';
import { startServer, type TestServer } from '../../../support/server.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { openDatabaseWire, type DatabaseWire } from './database-wire.ts';
import { openHttpWire, type HttpWire } from './http-wire.ts';
import type { ProviderHost } from './provider-host.ts';

/** A machine that a server runs on, with its own wires to PostgreSQL and to the provider; the server may be dead. */
export type Host = {
  readonly port: number;
  readonly url: string;
  readonly isUsed: boolean;
  readonly wires: { database: DatabaseWire; provider: HttpWire };
  up(): Promise<void>;
  /** Stops it in order. */
  down(): Promise<void>;
  kill(): Promise<void>;
  untilReady(): Promise<void>;
  close(): Promise<void>;
};

const READY_MAX_MS = 60_000;
/** Servers of one installation share it: it is part of what the provider is asked for. */
const PUBLIC_URL = 'http://tickets.example';

export async function openHost(env: Readonly<Record<string, string>>, databaseUrl: string, sandbox: ProviderHost): Promise<Host> {
  const folder = temporaryFolder();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const wires = { database: await openDatabaseWire(databaseUrl), provider: await openHttpWire(() => [sandbox.port]) };
  const settings = {
    ...env,
    PORT: String(port),
    PUBLIC_URL,
    DATABASE_URL: databaseUrl,
    DATABASE_DIRECT_URL: wires.database.url,
    PAYMENTS_URL: wires.provider.url,
  };
  let server: TestServer | null = null;
  const down = async (): Promise<void> => {
    const running = server;
    server = null;
    await running?.stop();
  };
  return {
    port,
    url,
    wires,
    get isUsed() {
      return server !== null;
    },
    up: async () => {
      server ??= await startServer({ folder: folder.path, env: settings });
    },
    down,
    kill: async () => {
      const running = server;
      server = null;
      await running?.kill9('server');
    },
    untilReady: async () => {
      const endMs = performance.now() + READY_MAX_MS;
      while (!(await isReady(url))) {
        assert.ok(performance.now() < endMs, `${url} does not become ready:\n${server?.output()}`);
        await pause(20);
      }
    },
    close: async () => {
      await down();
      await Promise.all([wires.database.close(), wires.provider.close()]);
      folder.remove();
    },
  };
}

async function isReady(url: string): Promise<boolean> {
  const response = await fetch(`${url}/health/ready`).catch(() => null);
  await response?.arrayBuffer();
  return response?.ok ?? false;
}
