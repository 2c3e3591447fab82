import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from 'pg';
import { connectOnce } from './connect-once.ts';

/** The owners of schemas, in the order in which their first migrations run. Each owns `<folder>/migrations`. */
const OWNERS = [
  'platform/facts',
  'modules/accounts',
  'modules/organizations',
  'modules/sales',
  'modules/catalog',
  'modules/payments',
  'modules/tickets',
  'modules/buyers',
];

const SOURCE = join(import.meta.dirname, '..', '..');

/** Held while migrating, so that servers that start together migrate one after the other. */
const MIGRATION_LOCK = 7_305_118_020_001;

const VERSION_MIN = 150_000;

type Migration = { name: string; sql: string };

/**
 * Brings the database at `url` to the present schema: forward only, each file in its own transaction, once.
 * Answers the names of what it applied. Throws if PostgreSQL is older than 15 or a migration fails.
 */
export async function migrate(url: string): Promise<{ applied: string[] }> {
  const client = await connectOnce(url, 'tessera-migrate');
  try {
    await refuseOldServer(client);
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    return { applied: await applyMissing(client) };
  } finally {
    await client.end();
  }
}

async function refuseOldServer(client: Client): Promise<void> {
  const { rows } = await client.query<{ server_version_num: string }>('show server_version_num');
  const version = Number(rows[0]?.server_version_num);
  if (version < VERSION_MIN) throw new Error(`PostgreSQL 15 or newer is needed; this server is ${Math.floor(version / 10_000)}.`);
}

async function applyMissing(client: Client): Promise<string[]> {
  await client.query('create schema if not exists platform');
  await client.query(
    'create table if not exists platform.migrations (name text not null, applied_at timestamptz not null default now(), constraint migrations_pkey primary key (name))',
  );
  const { rows } = await client.query<{ name: string }>('select name from platform.migrations');
  const known = new Set(rows.map((row) => row.name));
  const missing = (await readMigrations()).filter((migration) => !known.has(migration.name));
  for (const migration of missing) await apply(client, migration);
  return missing.map((migration) => migration.name);
}

async function apply(client: Client, migration: Migration): Promise<void> {
  await client.query('begin');
  try {
    await client.query(migration.sql);
    await client.query('insert into platform.migrations (name) values ($1)', [migration.name]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw new Error(`Migration ${migration.name} failed: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

async function readMigrations(): Promise<Migration[]> {
  const migrations: Migration[] = [];
  for (const owner of OWNERS) {
    const folder = join(SOURCE, owner, 'migrations');
    const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort();
    for (const file of files) migrations.push({ name: `${owner}/${file}`, sql: await readFile(join(folder, file), 'utf8') });
  }
  return migrations;
}
