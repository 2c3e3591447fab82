import { lstatSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { databaseUrl } from './create-database.ts';
import { runFolder } from './places.ts';
import { runningPostmaster } from './postmaster-file.ts';

/** The URL of the embedded server that runs in this folder now, for programs beside the one that started it; null if none does. */
export function runningEmbeddedUrl(folder: string): string | null {
  const data = join(folder, 'data');
  if (lstatSync(data, { throwIfNoEntry: false }) === undefined) return null;
  // Under another user everything lies elsewhere, and the folder has a link to it.
  const real = realpathSync(data);
  return runningPostmaster(real)?.isReady ? databaseUrl(runFolder(dirname(real))) : null;
}
