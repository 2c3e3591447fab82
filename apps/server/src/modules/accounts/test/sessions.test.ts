import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { codeOf, createDatabase, newIp, openAccounts, PASSWORD, type AccountsServer, type Tokens } from './support.ts';

const database = await createDatabase();
const server = await openAccounts(database.url);
/** Another process of the same installation. */
const other = await openAccounts(database.url);
after(async () => {
  await Promise.all([server.close(), other.close()]);
  await database.close();
});

/** What a promise of one second may take here before the test fails; the time itself is printed. */
const LATEST_MS = 5_000;

const refresh = (token: string, at: AccountsServer = server) =>
  at.send({ method: 'POST', path: '/sessions/refresh', body: { refresh_token: token } });
const me = (token: string, at: AccountsServer = server) => at.send({ method: 'GET', path: '/users/me', token });
const signIn = async (email: string, agent = 'test') =>
  (await server.send({ method: 'POST', path: '/sessions', body: { email, password: PASSWORD }, from: newIp(), agent })).json<Tokens>();

async function untilRefused(token: string, at: AccountsServer): Promise<number> {
  const startMs = performance.now();
  while ((await me(token, at)).statusCode !== 401) {
    assert.ok(performance.now() - startMs < LATEST_MS, 'the access token is still taken');
    await pause(5);
  }
  return performance.now() - startMs;
}

test('a refresh gives a new pair, and the session goes on', async () => {
  const { tokens } = await server.newPerson();
  const answer = await refresh(tokens.refresh_token, other);
  assert.equal(answer.statusCode, 200, answer.body);
  const next = answer.json<Tokens>();
  assert.equal(next.session_id, tokens.session_id);
  assert.notEqual(next.refresh_token, tokens.refresh_token);
  assert.equal((await me(next.access_token)).statusCode, 200);
  assert.equal((await refresh(next.refresh_token)).statusCode, 200);
});

test('a refresh token that is used again ends its session, on every server', async (context) => {
  const { email, tokens } = await server.newPerson();
  const elsewhere = await signIn(email);
  const stolen = tokens.refresh_token;
  const thief = (await refresh(stolen)).json<Tokens>();
  assert.equal(codeOf(await refresh(stolen)), 'ACCOUNTS_REFRESH_REFUSED');
  assert.equal(codeOf(await refresh(thief.refresh_token)), 'ACCOUNTS_REFRESH_REFUSED', 'the whole family has ended');
  assert.equal(codeOf(await me(thief.access_token)), 'ACCESS_TOKEN_INVALID', 'on this server at once');
  context.diagnostic(`refused by another server after ${(await untilRefused(thief.access_token, other)).toFixed(0)} ms`);
  assert.equal((await me(elsewhere.access_token, other)).statusCode, 200, 'other sessions of the person go on');
});

test('of two that use a refresh token at once, none keeps the session', async () => {
  const { tokens } = await server.newPerson();
  const answers = await Promise.all([refresh(tokens.refresh_token), refresh(tokens.refresh_token, other)]);
  assert.deepEqual(answers.map((answer) => answer.statusCode).sort(), [200, 401]);
  const winner = answers.find((answer) => answer.statusCode === 200)!.json<Tokens>();
  assert.equal((await refresh(winner.refresh_token)).statusCode, 401);
});

test('sign-out everywhere counts on another server within a second', async (context) => {
  const { email, tokens } = await server.newPerson();
  const phone = await signIn(email, 'a phone');
  const list = (await server.send({ method: 'GET', path: '/users/me/sessions', token: tokens.access_token })).json<{
    data: { id: string; device: string; is_current: boolean }[];
  }>();
  assert.deepEqual(
    list.data.map(({ device, is_current: isCurrent }) => [device, isCurrent]),
    [
      ['a phone', false],
      ['test', true],
    ],
  );
  assert.equal((await server.send({ method: 'DELETE', path: '/users/me/sessions', token: tokens.access_token })).statusCode, 204);
  assert.equal(codeOf(await me(tokens.access_token)), 'ACCESS_TOKEN_INVALID');
  context.diagnostic(`refused by another server after ${(await untilRefused(phone.access_token, other)).toFixed(0)} ms`);
  for (const each of [tokens, phone]) assert.equal((await refresh(each.refresh_token, other)).statusCode, 401);
});

test('one session is signed out, and another person’s is not there', async () => {
  const { email, tokens } = await server.newPerson();
  const phone = await signIn(email);
  const stranger = await server.newPerson();
  const end = (id: string, token: string) => server.send({ method: 'DELETE', path: `/users/me/sessions/${id}`, token });
  assert.equal((await end(phone.session_id, stranger.tokens.access_token)).statusCode, 404);
  assert.equal((await me(phone.access_token)).statusCode, 200);
  assert.equal((await end(phone.session_id, tokens.access_token)).statusCode, 204);
  assert.equal((await me(phone.access_token)).statusCode, 401);
  assert.equal((await end(phone.session_id, tokens.access_token)).statusCode, 404, 'it has ended before');
  assert.equal((await end('ses_nonsense', tokens.access_token)).statusCode, 404);
  assert.equal((await me(tokens.access_token)).statusCode, 200);
});

test('a person has fifty sessions at most: one more ends the oldest', async () => {
  const { email, tokens } = await server.newPerson();
  for (let count = 0; count < 50; count += 1) await signIn(email);
  assert.equal((await refresh(tokens.refresh_token)).statusCode, 401);
  const newest = await signIn(email);
  const list = await server.send({ method: 'GET', path: '/users/me/sessions', token: newest.access_token });
  assert.equal(list.json<{ data: unknown[] }>().data.length, 50);
});

test('a session is not refreshed without end', async () => {
  let { tokens } = await server.newPerson();
  for (let count = 0; count < 120; count += 1) tokens = (await refresh(tokens.refresh_token)).json<Tokens>();
  assert.equal((await refresh(tokens.refresh_token)).statusCode, 429);
});

test('a server that begins knows at once who has signed out before', async () => {
  const { tokens } = await server.newPerson();
  await server.send({ method: 'DELETE', path: '/users/me/sessions', token: tokens.access_token });
  const late = await openAccounts(database.url);
  try {
    assert.equal(codeOf(await me(tokens.access_token, late)), 'ACCESS_TOKEN_INVALID');
  } finally {
    await late.close();
  }
});

test('an access token lives ten minutes, an idle session a month', async () => {
  const { tokens } = await server.newPerson();
  server.advance(601);
  assert.equal(codeOf(await me(tokens.access_token)), 'ACCESS_TOKEN_EXPIRED');
  const next = (await refresh(tokens.refresh_token)).json<Tokens>();
  server.advance(30 * 24 * 3600 + 1);
  assert.equal((await refresh(next.refresh_token)).statusCode, 401);
});
