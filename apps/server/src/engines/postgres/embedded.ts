import { chownSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findBinaries } from './binaries.ts';
import type { Binaries } from './binaries.ts';
import { createClusterIfMissing } from './create-cluster.ts';
import { createDatabaseIfMissing } from './create-database.ts';
import { keepAlive } from './keep-alive.ts';
import { endServer } from './end-server.ts';
import { launchServer } from './launch-server.ts';
import type { Launch } from './launch-server.ts';
import { preparePlaces } from './places.ts';
import { readPostmaster, runningPostmaster } from './postmaster-file.ts';
import { binariesVersion, reachableBinaries } from './reachable-binaries.ts';
import { chooseRunAs } from './run-as.ts';
import { serverSettings } from './server-settings.ts';

export type EmbeddedOptions = {
  /** Absolute; made if missing. One process at a time starts a server in it: the caller holds a lock. */
  folder: string;
  durable: boolean;
  /** Told what takes long and what went wrong, one line each. */
  log: (line: string) => void;
  /** 200 unless said otherwise. */
  connectionsMax?: number;
  /** Other binaries than the package's: for tests with other versions. */
  binaries?: Binaries;
  /** `forbidden` behaves as on a system without user namespaces. */
  namespaces?: 'try' | 'forbidden';
};

export type EmbeddedPostgres = {
  /** Connects over a socket in a private folder; the database is named tessera. */
  url: string;
  /** Whether it was found running, left behind by a start that was killed. */
  adopted: boolean;
  /** Whether the data folder was made by this start. */
  created: boolean;
  /** The server's process now; it changes when a server that died is started again. */
  pid(): number;
  /** Ends the server, all written; it is not started again. */
  stop(): Promise<void>;
  /** The same without waiting, for a process that must exit at once. */
  abandon(): void;
};

export const CONNECTIONS_MAX = 200;

/**
 * Starts PostgreSQL from the npm package, or adopts the one that a killed start left running in the folder, and
 * starts it again whenever it dies until `stop`. Throws StartProblem with a reason the operator can act on.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const launch = prepare(options);
  const settings = settingsText(options, launch);
  const adoptedPid = await adoptOrEnd(launch, settings);
  let created = false;
  if (adoptedPid === null) {
    created = (await createClusterIfMissing({ ...launch, durable: options.durable })) === 'created';
    writeSettings(launch, settings);
  }
  const pid = adoptedPid ?? (await launchServer(launch));
  const url = await createDatabaseIfMissing(launch.places.run).catch(async (error: unknown) => {
    await endServer({ pid, data: launch.places.data });
    throw error;
  });
  return { url, adopted: adoptedPid !== null, created, ...keepAlive(pid, launch) };
}

function prepare(options: EmbeddedOptions): Launch {
  mkdirSync(options.folder, { recursive: true, mode: 0o700 });
  const found = options.binaries ?? findBinaries();
  const question = { data: join(options.folder, 'data'), folder: options.folder, program: found.postgres };
  const runAs = chooseRunAs({ ...question, namespaces: options.namespaces ?? 'try' });
  const places = preparePlaces(options.folder, runAs);
  return { binaries: reachableBinaries(found, places, runAs), places, runAs, log: options.log };
}

function settingsText(options: EmbeddedOptions, launch: Launch): string {
  const connectionsMax = options.connectionsMax ?? CONNECTIONS_MAX;
  const text = serverSettings({ socketFolder: launch.places.run, connectionsMax, durable: options.durable });
  // Other binaries make other settings, so that a server of the old package is not adopted by the new one.
  return `${text}# Binaries: ${binariesVersion(launch.binaries)}\n`;
}

/** The pid of a server that runs here with the settings wanted now; one with other settings is ended first. */
async function adoptOrEnd(launch: Launch, settings: string): Promise<number | null> {
  const { data } = launch.places;
  const running = runningPostmaster(data);
  if (running === null) return null;
  if (readFileSync(join(data, 'postgresql.conf'), 'utf8') === settings && (await becomesReady(data, running.pid))) return running.pid;
  launch.log('PostgreSQL still runs from an earlier start, with other settings: restarting it …');
  await endServer({ pid: running.pid, data });
  return null;
}

const ADOPT_MAX_MS = 10_000;

async function becomesReady(data: string, pid: number): Promise<boolean> {
  const end = performance.now() + ADOPT_MAX_MS;
  while (performance.now() < end) {
    const now = readPostmaster(data);
    if (now === null || now.pid !== pid) return false;
    if (now.isReady) return true;
    await sleep(50);
  }
  return false;
}

function writeSettings(launch: Launch, text: string): void {
  const path = join(launch.places.data, 'postgresql.conf');
  writeFileSync(`${path}.new`, text, { mode: 0o600 });
  if (launch.runAs.kind === 'user') chownSync(`${path}.new`, launch.runAs.uid, launch.runAs.gid);
  renameSync(`${path}.new`, path);
}
