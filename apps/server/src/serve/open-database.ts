import { join } from 'node:path';
import type { Config } from '../config.ts';
import { CONNECTIONS_MAX, startEmbeddedPostgres } from '../engines/postgres/index.ts';
import { migrate } from '../platform/db/index.ts';
import { StartProblem } from '../platform/start-problem.ts';

export type OpenDatabase = {
  url: string;
  directUrl: string;
  isEmbedded: boolean;
  stop(): Promise<void>;
  /** Asks it to end without waiting: nothing committed is lost. */
  abandon(): void;
};

/** Starts the embedded PostgreSQL, or uses the one of DATABASE_URL, and brings it to the present schema. */
export async function openDatabase(config: Config, print: (line: string) => void): Promise<OpenDatabase> {
  const database = config.database.url === null ? await startEmbedded(config, print) : given(config.database.url, config);
  try {
    await bringUpToDate(database, print);
    return database;
  } catch (error) {
    await database.stop();
    throw error;
  }
}

async function startEmbedded(config: Config, print: (line: string) => void): Promise<OpenDatabase> {
  print('Starting PostgreSQL …');
  const perProcess = config.lane.connections + config.database.poolMax;
  const server = await startEmbeddedPostgres({
    folder: join(config.home, 'postgres'),
    durable: true,
    log: print,
    connectionsMax: Math.max(CONNECTIONS_MAX, config.processes * perProcess + 20),
  });
  if (server.adopted) print('PostgreSQL still ran from an earlier start: going on with it.');
  const { url, stop, abandon } = server;
  return { url, directUrl: url, isEmbedded: true, stop, abandon };
}

function given(url: string, config: Config): OpenDatabase {
  return { url, directUrl: config.database.directUrl ?? url, isEmbedded: false, stop: async () => {}, abandon: () => {} };
}

async function bringUpToDate(database: OpenDatabase, print: (line: string) => void): Promise<void> {
  try {
    const { applied } = await migrate(database.directUrl);
    if (applied.length > 0) print(`Brought the database up to date: ${applied.length} ${applied.length === 1 ? 'change' : 'changes'}.`);
  } catch (error) {
    throw explain(error, database.isEmbedded);
  }
}

/** A database of one's own that does not answer is the operator's to mend; a failed migration of the embedded one is a bug. */
function explain(error: unknown, isEmbedded: boolean): unknown {
  if (isEmbedded || !(error instanceof Error)) return error;
  const reason = error.message || (error as NodeJS.ErrnoException).code || 'no answer';
  return new StartProblem(`The database of DATABASE_URL cannot be used: ${reason}`, { cause: error });
}
