import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../../apps/server/src/engines/postgres/index.ts';
import { migrate } from '../../apps/server/src/platform/db/migrate.ts';
import type { EmbeddedPostgres } from '../../apps/server/src/engines/postgres/index.ts';
import type { Closers } from './closers.ts';
import { repository } from './repository.ts';

export type BenchDatabase = { url: string; folder: string };

/**
 * A PostgreSQL of its own, durable, with the present schema. It lies beside the server's own data, on the same disk:
 * the system's temporary folder may be memory, where being durable costs nothing.
 */
export async function startDatabase(closers: Closers): Promise<BenchDatabase> {
  const state = join(repository, '.tessera');
  mkdirSync(state, { recursive: true, mode: 0o700 });
  const folder = mkdtempSync(join(state, 'bench-'));
  const postgres = await start(folder);
  closers.add(async () => {
    await postgres.stop();
    remove(folder);
  });
  await migrate(postgres.url);
  return { url: postgres.url, folder };
}

async function start(folder: string): Promise<EmbeddedPostgres> {
  try {
    return await startEmbeddedPostgres({
      folder: join(folder, 'postgres'),
      durable: true,
      log: (line) => process.stderr.write(`${line}\n`),
    });
  } catch (error) {
    remove(folder);
    throw error;
  }
}

function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}
