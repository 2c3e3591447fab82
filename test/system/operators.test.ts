import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { compose, type App } from '../../apps/server/src/compose.ts';
import { loadConfig } from '../../apps/server/src/config.ts';
import type { Mail } from '../../apps/server/src/engines/mail/index.ts';
import { buildOperators, type Operators } from '../../apps/server/src/modules/accounts/index.ts';
import { systemClock } from '../../apps/server/src/platform/clock/index.ts';
import { openDb, type Db } from '../../apps/server/src/platform/db/index.ts';
import { createDatabase, type TestDatabase } from '../support/database.ts';
import { buildPerson, type Person } from './contract/person.ts';
import { signedInWithPasskey } from './contract/with-passkey.ts';

let database: TestDatabase;
let app: App;
let db: Db;
let person: Person;
let operators: Operators;

before(async () => {
  database = await createDatabase();
  db = openDb({ url: database.url, poolMax: 2, onError: () => {} });
  const mails: Mail[] = [];
  const mailer = { send: async (mail: Mail) => void mails.push(mail) };
  const serverKey = Buffer.alloc(32, 6);
  const urls = { url: database.url, directUrl: database.url };
  app = await compose({
    config: loadConfig({ LOG_LEVEL: 'silent' }),
    database: urls,
    secrets: { serverKey, internalSecret: null },
    mailer,
  });
  person = buildPerson(app.server, mails);
  operators = buildOperators({ serverKey, db, clock: systemClock });
});
after(async () => {
  await app.close();
  await db.close();
  await database.close();
});

const get = (path: string, token?: string) => person.send({ method: 'GET', path, ...(token !== undefined && { token }) });
const codeOf = (answer: { json(): unknown }) => (answer.json() as { code?: string }).code;
let houses = 0;
async function found(token: string): Promise<string> {
  houses += 1;
  const body = { name: `House ${houses}`, slug: `house-${houses}` };
  const answer = await person.send({ method: 'POST', path: '/organizations', body, token });
  assert.equal(answer.statusCode, 201, answer.body);
  return answer.json<{ id: string }>().id;
}

/** An operator in a session that began with a passkey. */
async function newOperator() {
  const someone = await signedInWithPasskey(person);
  assert.deepEqual(await operators.create(someone.email), { kind: 'created', isProtected: true });
  return someone;
}

describe('every route for operators, asked by everybody', () => {
  type Paths = Record<string, Record<string, { operationId: string }>>;
  const { paths } = JSON.parse(readFileSync(join(import.meta.dirname, '../../docs/openapi.json'), 'utf8')) as { paths: Paths };
  const routes = Object.entries(paths)
    .filter(([path]) => path.startsWith('/api/v1/operator'))
    .flatMap(([path, methods]) => Object.keys(methods).map((method) => ({ path: path.replace('/api/v1', ''), method })));

  test('there are some', () => assert.ok(routes.length >= 2));

  for (const { path, method } of routes) {
    test(`${method} ${path}`, async () => {
      const ask = (token?: string) => person.send({ method: method.toUpperCase() as 'GET', path, ...(token !== undefined && { token }) });
      assert.equal(codeOf(await ask()), 'ACCESS_TOKEN_MISSING');
      assert.equal(codeOf(await ask('act_forged')), 'ACCESS_TOKEN_INVALID');
      const somebody = await person.signedIn();
      assert.equal(codeOf(await ask(somebody.access_token)), 'NOT_FOUND');
      const owner = await signedInWithPasskey(person);
      await found(owner.token);
      assert.equal(codeOf(await ask(owner.token)), 'NOT_FOUND', 'an owner, though in a session with a second factor');
      assert.deepEqual(await operators.create(somebody.email), { kind: 'created', isProtected: false });
      assert.equal(codeOf(await ask(somebody.access_token)), 'ACCOUNTS_SECOND_FACTOR_NEEDED');
      const operator = await newOperator();
      assert.equal((await ask(operator.token)).statusCode, 200);
      assert.deepEqual(await operators.remove(operator.email), { kind: 'removed' });
      assert.equal(codeOf(await ask(operator.token)), 'NOT_FOUND', 'at once');
    });
  }
});

test('whoever removes the passkey that a session began with ends its power at once', async () => {
  const { token, id } = await newOperator();
  assert.equal((await get('/operator/operators', token)).statusCode, 200);
  assert.equal((await person.send({ method: 'DELETE', path: `/users/me/passkeys/${id}`, token })).statusCode, 204);
  assert.equal(codeOf(await get('/operator/operators', token)), 'ACCOUNTS_SECOND_FACTOR_NEEDED');
});

test('a session that has ended elsewhere opens nothing more, at once', async () => {
  const { token } = await newOperator();
  await db.query(`update accounts.sessions set ended_at = now(), ended_by = 'sign_out' where ended_at is null`);
  assert.equal((await get('/users/me', token)).statusCode, 200, 'other routes hear of it a moment later');
  assert.equal(codeOf(await get('/operator/operators', token)), 'ACCESS_TOKEN_INVALID');
});

test('the role is given to accounts alone, once, is listed, and every change of it is recorded', async () => {
  const { email, token } = await signedInWithPasskey(person);
  assert.deepEqual(await operators.create('nobody@example.org'), { kind: 'no_account' });
  assert.deepEqual(await operators.remove(email), { kind: 'no_operator' });
  assert.deepEqual(await operators.remove('nobody@example.org'), { kind: 'no_operator' });
  assert.deepEqual(await operators.create(email.toUpperCase()), { kind: 'created', isProtected: true });
  assert.deepEqual(await operators.create(email), { kind: 'exists', isProtected: true });
  const listed = (await operators.list()).find((each) => each.email === email);
  const { data } = (await get('/operator/operators', token)).json<{ data: { email: string; name: string; since: string }[] }>();
  assert.deepEqual(data.find((each) => each.email === email)?.since, listed?.since.toISOString());
  assert.deepEqual(await operators.remove(email), { kind: 'removed' });
  const actions = await db.query('select what, person_id from accounts.operator_actions where subject_id = $1 order by at, id', [
    listed?.personId ?? null,
  ]);
  assert.deepEqual(actions, [
    { what: 'operator.created', person_id: null },
    { what: 'operator.removed', person_id: null },
  ]);
});

test('operators see all organizations, the newest first, a page at a time', async () => {
  type Page = { data: { id: string; name: string; slug: string; created_at: string; member_count: number }[]; has_more: boolean };
  const { token } = await newOperator();
  const owner = await person.signedIn();
  const made = [];
  for (let count = 0; count < 5; count += 1) made.push(await found(owner.access_token));
  await db.query('delete from organizations.members where organization_id in (select id from catalog.organizations where name = $1)', [
    `House ${houses}`,
  ]);
  const page = async (query: string) => (await get(`/operator/organizations?${query}`, token)).json<Page>();
  const all = await page('limit=100');
  assert.equal(all.has_more, false);
  assert.deepEqual(
    all.data.slice(0, 5).map(({ id, member_count: count }) => [id, count]),
    made.reverse().map((id, index) => [id, index === 0 ? 0 : 1]),
  );
  assert.deepEqual(Object.keys(all.data[0]!).sort(), ['created_at', 'id', 'member_count', 'name', 'slug']);
  const walked = [];
  let next = 'limit=2';
  for (;;) {
    const { data, has_more: hasMore } = await page(next);
    walked.push(...data);
    if (!hasMore) break;
    assert.equal(data.length, 2);
    next = `limit=2&starting_after=${data.at(-1)!.id}`;
  }
  assert.deepEqual(walked, all.data);
  for (const wrong of ['limit=0', 'limit=101', 'starting_after=org_01kjw8x9v3e8aa7m2zq5r4t6yb', 'starting_after=evt_x'])
    assert.equal((await get(`/operator/organizations?${wrong}`, token)).statusCode, 400, wrong);
});
