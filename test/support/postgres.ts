import { startEmbeddedPostgres } from '../../apps/server/src/engines/postgres/index.ts';
import type { EmbeddedOptions } from '../../apps/server/src/engines/postgres/index.ts';
import { onProcessEnd } from './on-process-end.ts';
import { temporaryFolder } from './temporary-folder.ts';

export type TestPostgres = {
  url: string;
  pid(): number;
  /** Kills it as a crash would; it is started again by itself within moments, under another pid. */
  kill9(): void;
  stop(): Promise<void>;
};

export type TestPostgresOptions = Partial<Pick<EmbeddedOptions, 'durable' | 'connectionsMax' | 'binaries' | 'log'>>;

/** A PostgreSQL of its own in a temporary folder, for tests that kill it or share it among several servers. */
export async function startPostgres(options: TestPostgresOptions = {}): Promise<TestPostgres> {
  const folder = temporaryFolder();
  const server = await startEmbeddedPostgres({ durable: false, log: () => {}, ...options, folder: folder.path });
  const forget = onProcessEnd(server.abandon);
  return {
    url: server.url,
    pid: server.pid,
    kill9: () => process.kill(server.pid(), 'SIGKILL'),
    stop: async () => {
      await server.stop();
      forget();
      folder.remove();
    },
  };
}
