import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openDatabaseProxy } from '../../../../../test/faults/support/database-proxy.ts';
import { createDatabase } from '../../../../../test/support/database.ts';
import { problemOfAbsentDatabase } from '../http/unavailable.ts';
import { openDb } from './index.ts';

const database = await createDatabase();
const proxy = await openDatabaseProxy(database.url);
const db = openDb({ url: database.url, poolMax: 3, onError: () => {} });
after(async () => {
  await db.close();
  await proxy.close();
  await database.close();
});

test('a connection that ends in the middle of a transaction fails this transaction alone', async () => {
  for (const query of ['select 1', 'select pg_sleep(60)']) {
    const failed = db.transaction(async (tx) => {
      const [backend] = await tx.query<{ pid: number }>('select pg_backend_pid() as pid');
      const ended = db.query('select pg_terminate_backend($1, 5000)', [backend!.pid]);
      if (query === 'select 1') await ended;
      await Promise.all([tx.query(query), ended]);
    });
    await assert.rejects(failed, (error) => problemOfAbsentDatabase(error)?.code === 'UNAVAILABLE');
    // The connection closes after the answer, and what is said about it then must find somebody who listens.
    assert.deepEqual(await db.query('select 1 as one'), [{ one: 1 }]);
  }
  assert.equal(db.load().waiting, 0);
});

test('a database that falls silent is unavailable, and one that speaks again is used again', { timeout: 30_000 }, async () => {
  const distant = openDb({ url: proxy.url, poolMax: 2, onError: () => {}, statementTimeoutMs: 200 });
  try {
    const works = [() => distant.query('select 1'), () => distant.transaction((tx) => tx.query('select 1'))];
    for (const work of works) {
      await work();
      proxy.setDeaf(true);
      await assert.rejects(work(), (error) => problemOfAbsentDatabase(error)?.code === 'UNAVAILABLE');
      await work();
    }
  } finally {
    proxy.setDeaf(false);
    await distant.close();
  }
});

test('what the URL says about timeouts does not replace ours, and its other options stay', async () => {
  const options = encodeURIComponent('-c work_mem=7MB -c statement_timeout=3');
  const given = new URL(database.url);
  given.search += `&options=${options}&statement_timeout=1&query_timeout=1&idle_in_transaction_session_timeout=0`;
  const other = openDb({ url: given.href, poolMax: 1, onError: () => {} });
  const shown = await other.query(
    `select current_setting('statement_timeout') as statement, current_setting('idle_in_transaction_session_timeout') as idle,
      current_setting('work_mem') as memory`,
  );
  await other.close();
  assert.deepEqual(shown, [{ statement: '5s', idle: '1s', memory: '7MB' }]);
});
