import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openDb } from '../../apps/server/src/platform/db/index.ts';
import { createDatabase, createEmptyDatabase } from './database.ts';

const one = await createDatabase();
const other = await createDatabase();
after(async () => {
  await one.close();
  await other.close();
});

test('databases of test files are migrated and do not see each other', async () => {
  const db = openDb({ url: one.url, poolMax: 1, onError: assert.fail });
  const otherDb = openDb({ url: other.url, poolMax: 1, onError: assert.fail });
  await db.query('create table only_here (id int)');
  const migrations = await otherDb.query('select name from platform.migrations');
  assert.ok(migrations.length > 0);
  assert.deepEqual(await otherDb.query("select from pg_class where relname = 'only_here'"), []);
  await db.close();
  await otherDb.close();
});

test('an empty database has no schema, and closing drops a database that is still in use', async () => {
  const empty = await createEmptyDatabase();
  const db = openDb({ url: empty.url, poolMax: 1, onError: () => {} });
  assert.deepEqual(await db.query("select from pg_namespace where nspname = 'platform'"), []);
  await empty.close();
  await assert.rejects(db.query('select 1'));
  await db.close();
});
