import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { createDatabase, newAddress, newIp, openAccounts, PASSWORD, type Tokens } from './support.ts';

const database = await createDatabase();
const server = await openAccounts(database.url);
after(async () => {
  await server.close();
  await database.close();
});

const signUp = (email: string, password = PASSWORD, name = 'Ada Lovelace') =>
  server.send({ method: 'POST', path: '/sign-ups', body: { email, password, name }, from: newIp() });
const verify = (token: string, password = PASSWORD) =>
  server.send({ method: 'POST', path: '/sign-ups/verify', body: { token, password }, from: newIp() });
const signIn = (email: string, password = PASSWORD) =>
  server.send({ method: 'POST', path: '/sessions', body: { email, password }, from: newIp() });

test('sign-up, mail, verification, and who one is', async () => {
  const email = newAddress();
  assert.equal((await signUp(email)).statusCode, 202);
  assert.equal((await signIn(email)).statusCode, 401, 'nobody is a person before the address is proved');
  const verified = await verify(await server.mailedToken(email));
  assert.equal(verified.statusCode, 201, verified.body);
  const { access_token: token } = verified.json<Tokens>();
  const me = await server.send({ method: 'GET', path: '/users/me', token });
  assert.deepEqual(
    { ...me.json<object>(), id: '', created_at: '' },
    { id: '', email, name: 'Ada Lovelace', created_at: '', has_second_factor: false },
  );
  assert.equal((await signIn(email.toUpperCase())).statusCode, 201, 'case does not tell addresses apart');
  const renamed = await server.send({ method: 'PATCH', path: '/users/me', token, body: { name: 'Ada King' } });
  assert.equal(renamed.json<{ name: string }>().name, 'Ada King');
});

test('a mailed token is good once', async () => {
  const email = newAddress();
  await signUp(email);
  const token = await server.mailedToken(email);
  assert.equal((await verify(token)).statusCode, 201);
  assert.equal((await verify(token)).json<{ code: string }>().code, 'ACCOUNTS_LINK_INVALID');
});

test('of two that verify one sign-up at once, one wins', async () => {
  const email = newAddress();
  await signUp(email);
  const token = await server.mailedToken(email);
  const answers = await Promise.all([verify(token), verify(token), verify(token)]);
  assert.deepEqual(answers.map((answer) => answer.statusCode).sort(), [201, 422, 422]);
});

test('whoever signs up with another’s address gains nothing when the other follows the link', async () => {
  const email = newAddress();
  await signUp(email, 'the stranger’s own words');
  const strangers = await server.mailedToken(email);
  await signUp(email);
  const owners = await server.mailedToken(email, 2);
  assert.equal((await verify(strangers)).json<{ code: string }>().code, 'ACCOUNTS_SIGN_IN_REFUSED');
  assert.equal((await verify(owners)).statusCode, 201);
  assert.equal((await verify(strangers, 'the stranger’s own words')).json<{ code: string }>().code, 'ACCOUNTS_LINK_INVALID');
  assert.equal((await signIn(email, 'the stranger’s own words')).statusCode, 401);
  assert.equal((await signIn(email)).statusCode, 201);
});

test('an address with an account is answered alike; only its owner hears of it', async () => {
  const { email } = await server.newPerson();
  const [known, unknown] = [await signUp(email), await signUp(newAddress())];
  assert.deepEqual([known.statusCode, known.body], [unknown.statusCode, unknown.body]);
  while (!server.mails.some((mail) => mail.to === email && /already/.test(mail.subject)))
    await new Promise((resolve) => setImmediate(resolve));
  assert.equal(server.mails.filter((mail) => mail.to === email && mail.text.includes('mlt_')).length, 1);
});

test('passwords that are easy to guess are refused, and it is said why', async () => {
  const why = async (password: string, name = 'Ada Lovelace') => {
    const answer = await signUp('grace.hopper@example.org', password, name);
    assert.equal(answer.statusCode, 422, password);
    return answer.json<{ errors: { field: string; detail: string }[] }>().errors[0]?.detail;
  };
  assert.match((await why('short')) ?? '', /fewer than 10/);
  assert.match((await why('x'.repeat(201))) ?? '', /more than 200/);
  assert.match((await why('1234567890')) ?? '', /many people/);
  assert.match((await why('grace.hopper')) ?? '', /your own/);
});

test('a link runs out after a day', async () => {
  const email = newAddress();
  await signUp(email);
  const token = await server.mailedToken(email);
  server.advance(24 * 3600 + 1);
  assert.equal((await verify(token)).json<{ code: string }>().code, 'ACCOUNTS_LINK_INVALID');
});

test('nothing personal stands in the database for whoever reads it', async () => {
  const email = newAddress();
  await server.newPerson(email);
  await signUp('still.waiting@example.org', PASSWORD, 'Grace Hopper');
  const tables = await server.db.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = 'accounts'`,
  );
  assert.ok(tables.length >= 7);
  for (const { name } of tables) {
    for (const [row] of await server.db.queryRows(`select t::text from ${name} t`)) {
      const bytes = Buffer.from(String(row).replaceAll(/\\x/g, ''), 'latin1');
      for (const word of [email, 'Ada', 'Grace', 'still.waiting', PASSWORD]) {
        assert.ok(!bytes.includes(word) && !String(row).includes(Buffer.from(word).toString('hex')), `${name} shows ${word}`);
      }
    }
  }
});

test('without a person’s key nothing of the person can be read again', async () => {
  const { tokens } = await server.newPerson();
  const [row] = await server.db.query<{ id: string }>(
    `delete from accounts.person_keys where person_id = (select person_id from accounts.sessions order by created_at desc limit 1) returning person_id as id`,
  );
  assert.ok(row);
  const me = await server.send({ method: 'GET', path: '/users/me', token: tokens.access_token });
  assert.equal(me.statusCode, 401);
  const refreshed = await server.send({ method: 'POST', path: '/sessions/refresh', body: { refresh_token: tokens.refresh_token } });
  assert.equal(refreshed.statusCode, 401);
});
