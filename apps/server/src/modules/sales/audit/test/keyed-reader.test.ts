import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { createDatabase } from '../../../../../../../test/support/database.ts';
import { openDb } from '../../../../platform/db/index.ts';
import { buildKeyedReader } from '../../keyed-reader.ts';

const database = await createDatabase();
const db = openDb({ url: database.url, poolMax: 1, onError: () => undefined });
after(async () => {
  await db.close();
  await database.close();
});

test('a page that takes long is ended: no snapshot of an audit stays open', async () => {
  const reader = buildKeyedReader(db);
  await assert.rejects(reader.query('select pg_sleep(2)'), { code: '57014' });
  assert.deepEqual(await reader.query('show statement_timeout'), [{ statement_timeout: '1s' }]);
  assert.deepEqual(await reader.query('show enable_sort'), [{ enable_sort: 'off' }]);
  assert.deepEqual(await db.query('show statement_timeout'), [{ statement_timeout: '5s' }]);
});
