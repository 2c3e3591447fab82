import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { StartProblem } from '../platform/start-problem.ts';

/** Signs buyer sessions; opens `/internal`, which does not exist without it. */
export type Secrets = { serverKey: Buffer; internalSecret: string | null };

type Stored = { serverKey: string; internalSecret: string };

/** Secrets of the settings; those not set are kept in `secrets.json` of the home, made by the first start. */
export function loadSecrets(config: Pick<Config, 'home' | 'serverKey' | 'internalSecret'>): Secrets {
  const { serverKey, internalSecret } = config;
  if (serverKey !== null && internalSecret !== null) return { serverKey, internalSecret };
  const stored = readStored(config.home) ?? makeStored(config.home);
  return { serverKey: serverKey ?? Buffer.from(stored.serverKey, 'base64'), internalSecret: internalSecret ?? stored.internalSecret };
}

/** The secret of `/internal` that the server of this home takes, for commands that talk to it; null if it has none. */
export function readInternalSecret(config: Pick<Config, 'home' | 'internalSecret'>): string | null {
  return config.internalSecret ?? readStored(config.home)?.internalSecret ?? null;
}

/** The key of this home's server, for commands that read what it sealed; null if there is none. Never made: a new one opens nothing. */
export function readServerKey(config: Pick<Config, 'home' | 'serverKey'>): Buffer | null {
  if (config.serverKey !== null) return config.serverKey;
  const stored = readStored(config.home);
  return stored && Buffer.from(stored.serverKey, 'base64');
}

function readStored(home: string): Stored | null {
  const path = secretsPath(home);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  return parseStored(path, text);
}

/** Never made anew over a damaged file: that would silently end every buyer's session. */
function parseStored(path: string, text: string): Stored {
  const damaged = `${path} is damaged. Restore it, or remove it: then a new one is made and every buyer session ends.`;
  let value: Partial<Stored> | null;
  try {
    value = JSON.parse(text) as Partial<Stored> | null;
  } catch (error) {
    throw new StartProblem(damaged, { cause: error });
  }
  const { serverKey, internalSecret } = value ?? {};
  const isWhole = typeof serverKey === 'string' && Buffer.from(serverKey, 'base64').length >= 32 && typeof internalSecret === 'string';
  if (!isWhole) throw new StartProblem(damaged);
  return { serverKey, internalSecret };
}

function makeStored(home: string): Stored {
  const stored = { serverKey: randomBytes(32).toString('base64'), internalSecret: randomBytes(32).toString('base64url') };
  const path = secretsPath(home);
  writeDurably(`${path}.new`, JSON.stringify(stored, null, 2));
  renameSync(`${path}.new`, path);
  return stored;
}

/** On the disk before it gets its name, so that a crash leaves the whole file or none. */
function writeDurably(path: string, text: string): void {
  const file = openSync(path, 'w', 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function secretsPath(home: string): string {
  return join(home, 'secrets.json');
}
