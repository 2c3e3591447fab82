import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openDatabaseProxy } from '../../../../../test/faults/support/database-proxy.ts';
import { createDatabase } from '../../../../../test/support/database.ts';
import { openDb, openLaneConnection } from './index.ts';

const database = await createDatabase();
const proxy = await openDatabaseProxy(database.url);
const db = openDb({ url: database.url, poolMax: 1, onError: () => {} });
after(async () => {
  await db.close();
  await proxy.close();
  await database.close();
});

const NAMES = ['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout', 'transaction_timeout', 'synchronous_commit'];
const READ = { name: 'read_settings', text: 'select current_setting(name, true) from unnest($1::text[]) as name' };
const ONE = { statement: { name: 'one', text: 'select 1' }, values: [] };

async function settingsOf(url: string, names: readonly string[] = NAMES): Promise<unknown[]> {
  const connection = await openLaneConnection(url);
  try {
    const [answer] = await connection.roundTrip([{ statement: READ, values: [`{${names.join(',')}}`] }]);
    return answer!.rows.flat();
  } finally {
    await connection.close();
  }
}

function withSearch(search: string): string {
  const url = new URL(database.url);
  url.search += `&${search}`;
  return url.href;
}

async function inDatabase(settings: Readonly<Record<string, string>>): Promise<void> {
  const [row] = await db.query<{ name: string }>('select current_database() as name');
  await db.query(`alter database ${row!.name} reset all`);
  for (const [name, value] of Object.entries(settings)) await db.query(`alter database ${row!.name} set ${name} = '${value}'`);
}

test('neither the URL nor the database replaces what a lane needs', async () => {
  // Of PostgreSQL 17 and later.
  const [known] = await db.query(`select from pg_settings where name = 'transaction_timeout'`);
  await inDatabase({ statement_timeout: '2s', ...(known && { transaction_timeout: '3s' }), synchronous_commit: 'local' });
  const options = encodeURIComponent('-c work_mem=7MB -c enable_seqscan=on -c statement_timeout=4s');
  const url = withSearch(`options=${options}&statement_timeout=1&lock_timeout=1&query_timeout=1&idle_in_transaction_session_timeout=1`);
  assert.deepEqual(await settingsOf(url), ['0', '2s', '1s', known ? '0' : null, 'on']);
  assert.deepEqual(await settingsOf(url, ['enable_seqscan', 'work_mem']), ['off', '7MB']);
});

test('a commit waits for the disk, and for as many standbys as the operator says', async () => {
  for (const [given, kept] of Object.entries({
    off: 'on',
    local: 'on',
    on: 'on',
    remote_write: 'remote_write',
    remote_apply: 'remote_apply',
  })) {
    await inDatabase({ synchronous_commit: given });
    assert.deepEqual(await settingsOf(database.url, ['synchronous_commit']), [kept], given);
  }
});

test('a database that says nothing any more is a lost connection', { timeout: 30_000 }, async () => {
  const connection = await openLaneConnection(proxy.url, { silenceMs: 200 });
  await connection.roundTrip([ONE]);
  proxy.setDeaf(true);
  try {
    await assert.rejects(connection.roundTrip([ONE, ONE]), (error) => error instanceof Error && !('severity' in error));
    assert.equal(connection.isBroken, true);
  } finally {
    proxy.setDeaf(false);
    await connection.close();
  }
});

test('a connection that is idle for long, or that is asked again and again, is not silent', async () => {
  const connection = await openLaneConnection(database.url, { silenceMs: 300 });
  const sleep = { statement: { name: 'sleep', text: 'select pg_sleep(0.2)' }, values: [] };
  for (let trip = 0; trip < 3; trip += 1) await connection.roundTrip([sleep]);
  await new Promise((resolve) => setTimeout(resolve, 500));
  const answers = await connection.roundTrip([ONE]);
  assert.deepEqual(answers[0]?.rows, [[1]]);
  await connection.close();
});
