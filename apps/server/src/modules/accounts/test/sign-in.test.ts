import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { createDatabase, newAddress, newIp, openAccounts, PASSWORD, type Tokens } from './support.ts';

const database = await createDatabase();
const server = await openAccounts(database.url);
after(async () => {
  await server.close();
  await database.close();
});

const OTHER_PASSWORD = 'another walk by the sea';

const signIn = (email: string, password: string, from = newIp()) =>
  server.send({ method: 'POST', path: '/sessions', body: { email, password }, from });
const reset = (token: string, password: string) =>
  server.send({ method: 'POST', path: '/password-resets/confirm', body: { token, password }, from: newIp() });
const askReset = (email: string, from = newIp()) => server.send({ method: 'POST', path: '/password-resets', body: { email }, from });

/** Without what differs from request to request. */
function plain(answer: { statusCode: number; json(): unknown }): unknown {
  return { ...(answer.json() as object), request_id: '', status: answer.statusCode };
}

test('a wrong password and an address without an account are answered alike, after the same work', async () => {
  const { email } = await server.newPerson();
  assert.deepEqual(plain(await signIn(email, 'not the password')), plain(await signIn(newAddress(), 'not the password')));
});

test('a client that guesses at one account is stopped; its owner, elsewhere, is not', async () => {
  const { email } = await server.newPerson();
  const guesser = newIp();
  for (let guess = 0; guess < 20; guess += 1) assert.equal((await signIn(email, `guess number ${guess}`, guesser)).statusCode, 401);
  const stopped = await signIn(email.toUpperCase(), PASSWORD, guesser);
  assert.equal(stopped.statusCode, 429);
  assert.equal((await signIn(email, PASSWORD)).statusCode, 201);
  const seconds = Number(stopped.headers['retry-after']);
  assert.ok(seconds > 0 && seconds <= 900);
  server.advance(seconds);
  assert.equal((await signIn(email, PASSWORD, guesser)).statusCode, 201);
});

test('many clients that guess at one account are stopped together', async () => {
  const { email } = await server.newPerson();
  for (let guess = 0; guess < 100; guess += 1) assert.equal((await signIn(email, 'guess')).statusCode, 401);
  assert.equal((await signIn(email, 'guess')).statusCode, 429);
});

test('an address without an account is limited in the same way, and a network of IPv6 is one client', async () => {
  const email = newAddress();
  for (let guess = 0; guess < 20; guess += 1) assert.equal((await signIn(email, 'guess', `2001:db8:0:7::${guess}`)).statusCode, 401);
  assert.equal((await signIn(email, 'guess', '2001:db8:0:7:ffff::1')).statusCode, 429);
});

test('one client that tries many accounts is stopped, others are not', async () => {
  const from = newIp();
  const statuses = new Set<number>();
  for (let account = 0; account < 100; account += 1)
    statuses.add((await signIn(`nobody-${account}@example.org`, 'stolen pair', from)).statusCode);
  assert.deepEqual([...statuses], [401]);
  const { email } = await server.newPerson();
  assert.equal((await signIn(email, PASSWORD, from)).statusCode, 429);
  assert.equal((await signIn(email, PASSWORD)).statusCode, 201);
});

test('a success forgets the errors before it', async () => {
  const { email } = await server.newPerson();
  const from = newIp();
  for (let round = 0; round < 2; round += 1) {
    for (let guess = 0; guess < 15; guess += 1) await signIn(email, 'a slip of the finger', from);
    assert.equal((await signIn(email, PASSWORD, from)).statusCode, 201);
  }
});

test('a new password by mail ends every session and the old password', async () => {
  const { email, tokens } = await server.newPerson();
  assert.equal((await askReset(email)).statusCode, 202);
  const token = await server.mailedToken(email, 2);
  assert.equal((await reset(token, 'short')).statusCode, 422);
  assert.equal((await reset(token, OTHER_PASSWORD)).statusCode, 204);
  assert.equal((await reset(token, PASSWORD)).json<{ code: string }>().code, 'ACCOUNTS_LINK_INVALID');
  const me = await server.send({ method: 'GET', path: '/users/me', token: tokens.access_token });
  assert.equal(me.statusCode, 401);
  assert.equal((await signIn(email, PASSWORD)).statusCode, 401);
  assert.equal((await signIn(email, OTHER_PASSWORD)).statusCode, 201);
});

test('who signs in with the old password while it is changed gets no session that outlives the change', async () => {
  const { email } = await server.newPerson();
  await askReset(email);
  const token = await server.mailedToken(email, 2);
  const [changed, ...late] = await Promise.all([reset(token, OTHER_PASSWORD), ...Array.from({ length: 6 }, () => signIn(email, PASSWORD))]);
  assert.equal(changed.statusCode, 204);
  for (const answer of late) {
    if (answer.statusCode !== 201) continue;
    const { refresh_token: refreshToken } = answer.json<Tokens>();
    const refreshed = await server.send({ method: 'POST', path: '/sessions/refresh', body: { refresh_token: refreshToken } });
    assert.equal(refreshed.statusCode, 401);
  }
});

test('of resets asked for at once one token is good, and none once the password was set', async () => {
  const { email } = await server.newPerson();
  await Promise.all([askReset(email), askReset(email), askReset(email)]);
  await server.mailedToken(email, 4);
  const tokens = server.mails.filter((mail) => mail.to === email).flatMap((mail) => /mlt_\S+/.exec(mail.text)?.[0] ?? []);
  const statuses: number[] = [];
  for (const token of tokens.slice(-3)) statuses.push((await reset(token, OTHER_PASSWORD)).statusCode);
  assert.deepEqual(statuses.sort(), [204, 422, 422]);
});

test('a reset is mailed to the mailbox of the account, not to what was typed', async () => {
  const { email } = await server.newPerson('kate@example.org');
  await askReset('\u212Aate@EXAMPLE.org.');
  await server.mailedToken(email, 2);
  assert.ok(!server.mails.some((mail) => mail.to.startsWith('\u212A')));
});

test('only the last reset that was mailed counts, for an hour', async () => {
  const { email } = await server.newPerson();
  await askReset(email);
  const first = await server.mailedToken(email, 2);
  await askReset(email);
  const second = await server.mailedToken(email, 3);
  assert.equal((await reset(first, OTHER_PASSWORD)).statusCode, 422);
  server.advance(3601);
  assert.equal((await reset(second, OTHER_PASSWORD)).statusCode, 422);
});

test('a reset for an address without an account is answered alike, and mails nothing', async () => {
  const email = newAddress();
  const { email: known } = await server.newPerson();
  const [unknown, other] = [await askReset(email), await askReset(known)];
  assert.deepEqual([unknown.statusCode, unknown.body], [other.statusCode, other.body]);
  await server.mailedToken(known, 2);
  assert.ok(!server.mails.some((mail) => mail.to === email));
});

test('an address is sent five mails an hour, whoever asks for them', async () => {
  const { email } = await server.newPerson();
  const statuses: number[] = [];
  for (let ask = 0; ask < 6; ask += 1) statuses.push((await askReset(email)).statusCode);
  assert.deepEqual(statuses, [202, 202, 202, 202, 202, 429]);
});

test('forged, foreign and altered tokens are refused', async () => {
  const { tokens } = await server.newPerson();
  const refused = ['nonsense', tokens.refresh_token, `${tokens.access_token}A`, tokens.access_token.slice(0, -1), 'act_', ''];
  for (const token of refused) {
    const answer = await server.send({ method: 'GET', path: '/users/me', token });
    assert.equal(answer.statusCode, 401, token);
  }
  const buyer = await server.send({ method: 'POST', path: '/buyer-sessions' });
  const asPerson = await server.send({ method: 'GET', path: '/users/me', token: buyer.json<{ token: string }>().token });
  assert.equal(asPerson.json<{ code: string }>().code, 'ACCESS_TOKEN_INVALID');
  for (const token of ['nonsense', tokens.access_token, `${tokens.refresh_token}A`]) {
    const answer = await server.send({ method: 'POST', path: '/sessions/refresh', body: { refresh_token: token } });
    assert.equal(answer.json<{ code: string }>().code, 'ACCOUNTS_REFRESH_REFUSED');
  }
  assert.equal(
    (await server.send({ method: 'POST', path: '/sessions/refresh', body: { refresh_token: tokens.refresh_token } })).json<Tokens>()
      .session_id,
    tokens.session_id,
  );
});
