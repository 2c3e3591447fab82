import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Client } from 'pg';
import { schemaText } from '../scripts/schema-text.ts';
import { cellTriggers, keysWithoutEvent, secondIndexes, unknownTables } from './schema/cell-rules.ts';
import { createDatabase, type TestDatabase } from './support/database.ts';
import { repository } from './support/repository.ts';

let database: TestDatabase;
let client: Client;

before(async () => {
  database = await createDatabase();
  client = new Client({ connectionString: database.url });
  await client.connect();
});

after(async () => {
  await client.end();
  await database.close();
});

/** Runs `check` while `sql` is in force, and takes it back. */
async function sabotaged(sql: string, check: () => Promise<string[]>): Promise<string[]> {
  await client.query('begin');
  await client.query(sql);
  const found = await check();
  await client.query('rollback');
  return found;
}

test('schema.sql is what the migrations make', async () => {
  const committed = readFileSync(join(repository, 'schema.sql'), 'utf8');
  assert.equal(await schemaText(client), committed, 'Run `npm run schema` and commit schema.sql.');
});

test('every per-event primary, unique and foreign key contains event_id', async () => {
  assert.deepEqual(await keysWithoutEvent(client), []);
});

test('no table that the lane reads has a second index beginning with event_id', async () => {
  assert.deepEqual(await secondIndexes(client), []);
});

test('cell tables have no triggers, and the lists name tables that exist', async () => {
  assert.deepEqual(await cellTriggers(client), []);
  assert.deepEqual(await unknownTables(client), []);
});

test('the lint finds a unique key, a foreign key, a second index and a trigger that break the rules', async () => {
  const unique = 'alter table sales.bookings add constraint bookings_alone unique (id)';
  assert.match((await sabotaged(unique, () => keysWithoutEvent(client))).join(), /bookings_alone/);
  const foreign = `alter table catalog.events add constraint events_of_nobody foreign key (organization_id) references catalog.organizations`;
  assert.match((await sabotaged(foreign, () => keysWithoutEvent(client))).join(), /events_of_nobody/);
  const second = 'create index totals_again on sales.buyer_totals (event_id, ticket_type_id)';
  assert.match((await sabotaged(second, () => secondIndexes(client))).join(), /totals_again/);
  const secondUnique = 'alter table sales.bookings add constraint bookings_buyer unique (event_id, buyer_key, fingerprint)';
  assert.match((await sabotaged(secondUnique, () => secondIndexes(client))).join(), /bookings_buyer/);
  const trigger = `create function pg_temp.nothing() returns trigger language plpgsql as 'begin return null; end';
    create trigger watches after insert on sales.bookings execute function pg_temp.nothing()`;
  assert.match((await sabotaged(trigger, () => cellTriggers(client))).join(), /watches/);
});
