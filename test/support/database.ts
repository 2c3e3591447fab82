import { hash, randomBytes } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { migrate } from '../../apps/server/src/platform/db/migrate.ts';
import { databasePrefix } from './database-leftovers.ts';
import { joinSharedServer } from './database-server.ts';
import type { SharedServer } from './database-server.ts';
import { repository } from './repository.ts';

export type TestDatabase = { url: string; close(): Promise<void> };

/** Held while the template is made, so that test files that start together make it once. */
const TEMPLATE_LOCK = 7_305_118_020_002;

let server: Promise<SharedServer> | null = null;

/**
 * A database of its own for a test file, with the present schema and no rows: a clone of a migrated template, on a
 * server shared by all test files. `close` drops it, also when connections are still open.
 */
export async function createDatabase(): Promise<TestDatabase> {
  const name = `${databasePrefix}${randomBytes(6).toString('hex')}`;
  const { url } = await sharedServer();
  await withClient(url, async (client) => {
    const template = await ensureTemplate(client, url);
    await client.query(`create database ${name} template ${template}`);
  });
  return { url: inDatabase(url, name), close: () => drop(url, name) };
}

/** The same without any schema, for tests of migrations. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  const name = `${databasePrefix}${randomBytes(6).toString('hex')}`;
  const { url } = await sharedServer();
  await withClient(url, (client) => client.query(`create database ${name}`));
  return { url: inDatabase(url, name), close: () => drop(url, name) };
}

function sharedServer(): Promise<SharedServer> {
  server ??= joinSharedServer();
  return server;
}

async function ensureTemplate(client: Client, url: string): Promise<string> {
  const name = `${databasePrefix}template_${schemaHash()}`;
  await client.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK]);
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
    if (rowCount === 0) await makeTemplate(client, url, name);
    return name;
  } finally {
    await client.query('select pg_advisory_unlock($1)', [TEMPLATE_LOCK]);
  }
}

/** Named only when it is whole. */
async function makeTemplate(client: Client, url: string, name: string): Promise<void> {
  const unfinished = `${databasePrefix}unfinished_template`;
  await client.query(`drop database if exists ${unfinished} with (force)`);
  await client.query(`create database ${unfinished}`);
  await migrate(inDatabase(url, unfinished));
  await client.query(`alter database ${unfinished} rename to ${name}`);
}

/** Changes whenever a migration does. */
function schemaHash(): string {
  const source = join(repository, 'apps/server/src');
  const files = globSync('**/migrations/*.sql', { cwd: source }).sort();
  const texts = [...files, 'platform/db/migrate.ts'].map((file) => `${file}\n${readFileSync(join(source, file), 'utf8')}`);
  return hash('sha256', texts.join('\n'), 'hex').slice(0, 16);
}

async function drop(url: string, name: string): Promise<void> {
  await withClient(url, (client) => client.query(`drop database if exists ${name} with (force)`));
}

function inDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

async function withClient<Result>(url: string, work: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new Client({ connectionString: url, application_name: 'tessera-test' });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
