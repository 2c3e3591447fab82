import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

export type SuiteName = 'quick' | 'long' | 'engines';

export type Suite = {
  name: SuiteName;
  command: string;
  /** Why a run of another suite leaves it out. */
  isFor: string;
  /** For one file, all its tests together. */
  fileTimeoutMs: number;
};

const MINUTE_MS = 60_000;

export const suites: Readonly<Record<SuiteName, Suite>> = {
  quick: { name: 'quick', command: 'npm test', isFor: 'every change', fileTimeoutMs: 2 * MINUTE_MS },
  long: { name: 'long', command: 'npm run test:long', isFor: 'kills, big data, fuzz', fileTimeoutMs: 60 * MINUTE_MS },
  engines: { name: 'engines', command: 'npm run test:engines', isFor: 'needs PostgreSQL 15', fileTimeoutMs: 30 * MINUTE_MS },
};

/** The suite that a test file's name puts it into. */
export function suiteOf(file: string): SuiteName {
  if (file.endsWith('.long.test.ts')) return 'long';
  return file.endsWith('.engines.test.ts') ? 'engines' : 'quick';
}

/** All test files, as paths in the repository, in a fixed order. */
export function findTestFiles(repository: string): string[] {
  return globSync('{apps,packages,bench,test,scripts}/**/*.test.ts', {
    cwd: repository,
    exclude: (name) => name === 'node_modules',
  }).sort();
}

/**
 * The files that a suite runs. `engines` also runs the quick ones that use a database, against the other PostgreSQL.
 * Filters are parts of paths; without any all files are meant.
 */
export function filesOf(suite: SuiteName, all: readonly string[], repository: string, filters: readonly string[]): string[] {
  const isMeant = (file: string): boolean => filters.length === 0 || filters.some((filter) => file.includes(filter));
  const isInSuite = (file: string): boolean =>
    suiteOf(file) === suite || (suite === 'engines' && suiteOf(file) === 'quick' && usesDatabase(join(repository, file)));
  return all.filter((file) => isMeant(file) && isInSuite(file));
}

/** Whether a file, or one that it imports, however far, makes itself a database. Types alone bring nothing with them. */
function usesDatabase(path: string): boolean {
  const seen = new Set([path]);
  for (const file of seen) {
    for (const imported of importsOf(file)) {
      if (basename(imported) === 'database.ts') return true;
      seen.add(imported);
    }
  }
  return false;
}

const RELATIVE_IMPORT = /^(?:import|export)\s(?!type\b)(?:[^;'"]*\sfrom\s)?\s*'(\.[^']+\.ts)'/gm;

/** The files of the repository that a file imports; none if it is not there. */
function importsOf(file: string): string[] {
  if (!existsSync(file)) return [];
  return [...readFileSync(file, 'utf8').matchAll(RELATIVE_IMPORT)].map(([, specifier = '']) => join(dirname(file), specifier));
}
