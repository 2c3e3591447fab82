import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { startChildServer } from './child-server.ts';
import type { ChildServer } from './child-server.ts';
import type { Closers } from './closers.ts';
import type { BenchDatabase } from './database.ts';
import { findFreePort } from './free-port.ts';
import { repository } from './repository.ts';

/** What servers of one bench share. */
export type Keys = { serverKeyHex: string; internalSecret: string };

export type TesseraOptions = {
  name: string;
  database: BenchDatabase;
  keys: Keys;
  /** The program to measure in place of this checkout's: `main.ts` of another one. */
  program: string | null;
  /** A folder for a CPU profile, written when the server stops. */
  profile: string | null;
  port?: number;
  /** Settings beside the usual ones. */
  env?: Readonly<Record<string, string>>;
};

export function makeKeys(): Keys {
  return { serverKeyHex: randomBytes(32).toString('hex'), internalSecret: randomBytes(24).toString('base64url') };
}

/** Starts the real program as one process that answers HTTP, with settings as they are by default. */
export async function startTessera(options: TesseraOptions, closers: Closers): Promise<ChildServer> {
  const { name, database, keys, profile } = options;
  const port = options.port ?? (await findFreePort());
  const program = resolve(options.program ?? join(repository, 'apps/server/src/main.ts'));
  // As `npm start` does.
  const flags = ['--max-semi-space-size=32', ...(profile === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${resolve(profile)}`])];
  if (profile !== null) mkdirSync(resolve(profile), { recursive: true });
  const env = {
    DATABASE_URL: database.url,
    TESSERA_HOME: join(database.folder, name),
    TESSERA_SERVER_KEY: keys.serverKeyHex,
    TESSERA_INTERNAL_SECRET: keys.internalSecret,
    ...options.env,
  };
  const args = [...flags, program, 'serve', '--roles', 'api', '--port', String(port)];
  return startChildServer({ name, folder: database.folder, port, args, env }, closers);
}
