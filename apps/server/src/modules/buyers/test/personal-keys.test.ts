import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createDatabase, type TestDatabase } from '../../../../../../test/support/database.ts';
import { openDb, type Db } from '../../../platform/db/index.ts';
import { newUuid } from '../../../platform/ids/index.ts';
import { buildPersonalKeys, type PersonalKeys } from '../personal-keys.ts';

let database: TestDatabase;
let db: Db;
let keys: PersonalKeys;
before(async () => {
  database = await createDatabase();
  db = openDb({ url: database.url, poolMax: 5, onError: () => {} });
  keys = buildPersonalKeys({ serverKey: Buffer.alloc(32, 4), db });
});
after(async () => {
  await db.close();
  await database.close();
});

test('a buyer has one key, also where several servers make it at once', async () => {
  const buyerKey = newUuid(0);
  const other = buildPersonalKeys({ serverKey: Buffer.alloc(32, 4), db });
  const made = await Promise.all(Array.from({ length: 8 }, (_, at) => (at % 2 ? keys : other).ensure(buyerKey)));
  assert.equal(new Set(made.map((key) => key.toString('hex'))).size, 1);
  assert.deepEqual((await keys.open([buyerKey, buyerKey, newUuid(1)])).get(buyerKey), made[0]);
  assert.notDeepEqual(await keys.ensure(newUuid(2)), made[0]);
});

test('a key that was destroyed is left out, and the next one is another', async () => {
  const buyerKey = newUuid(0);
  const first = await keys.ensure(buyerKey);
  await keys.destroy(buyerKey);
  assert.equal((await keys.open([buyerKey])).size, 0);
  assert.notDeepEqual(await keys.ensure(buyerKey), first);
});

test('a key is stored sealed, for its buyer alone', async () => {
  const [one, two] = [newUuid(0), newUuid(0)];
  const key = await keys.ensure(one);
  await keys.ensure(two);
  const rows = await db.query<{ sealed_key: Buffer }>('select sealed_key from buyers.personal_keys where buyer_key = $1', [one]);
  assert.equal(rows[0]?.sealed_key.includes(key), false);
  await db.query('update buyers.personal_keys set sealed_key = $2 where buyer_key = $1', [two, rows[0]?.sealed_key ?? null]);
  await assert.rejects(keys.open([two]), /sealed under the key/);
});
