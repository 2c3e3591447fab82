import { cpSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { binariesIn } from './binaries.ts';
import type { Binaries } from './binaries.ts';
import type { Places } from './places.ts';
import { canRun } from './run-as.ts';
import type { RunAs } from './run-as.ts';

/**
 * The binaries where the chosen user can run them. A checkout in a private folder is closed to another user, so
 * they are copied beside the data once, and again when the package changes.
 */
export function reachableBinaries(found: Binaries, places: Places, runAs: RunAs): Binaries {
  if (runAs.kind !== 'user' || canRun(runAs, found.postgres)) return found;
  const folder = join(places.base, `binaries-${binariesVersion(found)}`);
  if (statSync(folder, { throwIfNoEntry: false }) !== undefined) return binariesIn(folder);
  const unfinished = `${folder}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  cpSync(found.folder, unfinished, { recursive: true, verbatimSymlinks: true });
  renameSync(unfinished, folder);
  return binariesIn(folder);
}

/** A text that changes when the package is installed anew. */
export function binariesVersion(binaries: Binaries): string {
  const stat = statSync(binaries.postgres);
  return `${Math.trunc(stat.ctimeMs).toString(36)}-${stat.ino.toString(36)}`;
}
