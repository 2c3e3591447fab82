import { join } from 'node:path';
import type { Config } from '../config.ts';
import { runningEmbeddedUrl } from '../engines/postgres/index.ts';
import { lockHome } from '../serve/home.ts';
import { openDatabase } from '../serve/open-database.ts';

/**
 * Runs `work` on the database of the settings. The embedded one is used as it runs; where none runs, it is started for the
 * while, under the lock of the home, so that no server starts it a second time. Throws StartProblem.
 */
export async function withDatabase<Result>(
  config: Config,
  print: (line: string) => void,
  work: (url: string) => Promise<Result>,
): Promise<Result> {
  const url = config.database.url ?? runningEmbeddedUrl(join(config.home, 'postgres'));
  if (url !== null) return work(url);
  const lock = lockHome(config.home);
  try {
    const database = await openDatabase(config, print);
    try {
      return await work(database.url);
    } finally {
      await database.stop();
    }
  } finally {
    lock.release();
  }
}
