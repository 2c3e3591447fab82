import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Binaries } from './binaries.ts';
import { StartProblem } from '../../platform/start-problem.ts';
import { explainOutput } from './explain-output.ts';
import type { Places } from './places.ts';
import type { RunAs } from './run-as.ts';
import { runProgram } from './run-program.ts';

export const SUPERUSER = 'tessera';

const unfinished = 'data.new';

/**
 * Makes the data folder unless it exists. It is written beside its place and moved there when it is whole, so that
 * a start that was killed half-way leaves nothing that looks like a database; what it left is removed by the next.
 */
export async function createClusterIfMissing(options: {
  binaries: Binaries;
  places: Places;
  runAs: RunAs;
  durable: boolean;
}): Promise<'created' | 'existed'> {
  const { places } = options;
  await removeUnfinished(places.base);
  if (existsSync(join(places.data, 'PG_VERSION'))) return 'existed';
  await refuseForeignFiles(places.data);
  // An initdb that outlived its killed start may still write: a name of its own keeps it out of this one.
  const target = join(places.base, `${unfinished}-${randomBytes(4).toString('hex')}`);
  await initialize(options, target);
  await rename(target, places.data);
  return 'created';
}

/** Files in the data folder that are no database are not ours to remove; an empty folder is replaced by the move. */
async function refuseForeignFiles(data: string): Promise<void> {
  const files = existsSync(data) ? await readdir(data) : [];
  if (files.length === 0) return;
  throw new StartProblem(`${data} holds files but no database. Move them away, or set TESSERA_HOME to another folder.`);
}

async function removeUnfinished(base: string): Promise<void> {
  const left = (await readdir(base)).filter((name) => name.startsWith(unfinished));
  // Retried, because a program that is being stopped may add a file meanwhile.
  await Promise.all(left.map((name) => rm(join(base, name), { recursive: true, force: true, maxRetries: 10, retryDelay: 50 })));
}

async function initialize(options: { binaries: Binaries; runAs: RunAs; durable: boolean }, target: string): Promise<void> {
  const args = [`--pgdata=${target}`, `--username=${SUPERUSER}`, '--auth=trust', '--encoding=UTF8', '--no-instructions'];
  // The built-in provider sorts the same on every machine, whatever its C library.
  args.push('--locale=C');
  if (options.binaries.hasBuiltinLocale) args.push('--locale-provider=builtin', '--builtin-locale=C.UTF-8');
  if (!options.durable) args.push('--no-sync');
  const result = await runProgram(options.runAs, options.binaries.initdb, args);
  if (result.status === 0) return;
  await rm(target, { recursive: true, force: true });
  throw explainOutput('PostgreSQL could not make its data folder', result.output);
}
