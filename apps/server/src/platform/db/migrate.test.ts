import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { createEmptyDatabase } from '../../../../../test/support/database.ts';
import { migrate, openDb } from './index.ts';

const database = await createEmptyDatabase();
const db = openDb({ url: database.url, poolMax: 2, onError: () => {} });
after(async () => {
  await db.close();
  await database.close();
});

const WAITING = `select l.pid from pg_locks l join pg_database d on d.oid = l.database
  where d.datname = current_database() and l.locktype = 'advisory' and not l.granted`;

async function waitingPid(): Promise<number> {
  for (;;) {
    const [row] = await db.query<{ pid: number }>(WAITING);
    if (row) return row.pid;
    await pause(10);
  }
}

test('a connection that ends while it migrates fails the migration and nothing else', { timeout: 30_000 }, async () => {
  // A timeout of the URL's is not the migration's: servers that start together wait for each other.
  const url = `${database.url}&statement_timeout=20`;
  await db.transaction(async (tx) => {
    const [lock] = await tx.query<{ taken: boolean }>('select pg_try_advisory_xact_lock(7305118020001) as taken');
    assert.equal(lock?.taken, true);
    const failed = assert.rejects(migrate(url), { code: '57P01' });
    const pid = await waitingPid();
    await tx.query('select pg_sleep(0.1)');
    await db.query('select pg_terminate_backend($1, 5000)', [pid]);
    await failed;
  });
  assert.ok((await migrate(url)).applied.length > 0);
});
