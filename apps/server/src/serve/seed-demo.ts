import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import type { App } from './app.ts';

export type SeedOptions = {
  config: Pick<Config, 'home' | 'demo'>;
  database: { isEmbedded: boolean };
  app: () => Promise<App>;
  print: (line: string) => void;
};

/**
 * Writes the demo events once: into the embedded database at its first start, into a given one only when asked to.
 * The mark lies beside the data, so that whoever removes the data gets the demo again; a seed that was interrupted
 * is run again, which is why seeding anew must change nothing that is there.
 */
export async function seedOnFirstStart({ config, database, app, print }: SeedOptions): Promise<void> {
  const wanted = config.demo ?? database.isEmbedded;
  const mark = join(config.home, 'postgres', 'demo-is-seeded');
  if (!wanted || (database.isEmbedded && existsSync(mark))) return;
  print('Writing the demo events …');
  const composed = await app();
  try {
    await composed.seedDemo();
  } finally {
    await composed.close();
  }
  if (database.isEmbedded) writeFileSync(mark, '');
}
