import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createDatabase, type TestDatabase } from '../../../../../test/support/database.ts';
import { openDb, type Db } from '../../platform/db/index.ts';

let database: TestDatabase;
let db: Db;
before(async () => {
  database = await createDatabase();
  db = openDb({ url: database.url, poolMax: 1, onError: () => {} });
  await db.query(
    `insert into organizations.actions (id, organization_id, actor_kind, at, what, subject_id)
     values (gen_random_uuid(), gen_random_uuid(), 'platform', now(), 'event.created', gen_random_uuid())`,
  );
  await db.query(
    `insert into accounts.operator_actions (id, at, what, subject_id) values (gen_random_uuid(), now(), 'operator.made', gen_random_uuid())`,
  );
});
after(async () => {
  await db.close();
  await database.close();
});

for (const table of ['organizations.actions', 'accounts.operator_actions']) {
  for (const change of [`update ${table} set what = 'nothing'`, `delete from ${table}`, `truncate ${table}`]) {
    test(`what was done stays in the record: ${change}`, async () => {
      await assert.rejects(db.query(change), /only ever added to/);
      assert.equal((await db.query(`select 1 from ${table}`)).length, 1);
    });
  }
}
