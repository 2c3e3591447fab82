import { existsSync } from 'node:fs';
import { binariesIn } from '../../apps/server/src/engines/postgres/index.ts';
import { startPostgres } from './postgres.ts';
import type { TestPostgres } from './postgres.ts';

/** Where Debian, Ubuntu and PostgreSQL's own packages put version 15. */
const folders = ['/usr/lib/postgresql/15', '/usr/pgsql-15', '/opt/homebrew/opt/postgresql@15', '/usr/local/opt/postgresql@15'];

export type Postgres15 = { kind: 'started'; server: TestPostgres } | { kind: 'missing'; sentence: string };

/** A PostgreSQL 15 from the system's package, in a temporary folder. */
export async function startPostgres15(): Promise<Postgres15> {
  const folder = folders.find((candidate) => existsSync(`${candidate}/bin/postgres`));
  if (folder === undefined) {
    return { kind: 'missing', sentence: 'These tests need PostgreSQL 15: install the package postgresql-15 of this system.' };
  }
  return { kind: 'started', server: await startPostgres({ binaries: { ...binariesIn(folder), hasBuiltinLocale: false } }) };
}
