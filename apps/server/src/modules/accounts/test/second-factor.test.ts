import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { after, test } from 'node:test';
import { codeAt, wrongCodeAt } from './authenticator.ts';
import { codeOf, createDatabase, newIp, openAccounts, PASSWORD, type Tokens } from './support.ts';

const database = await createDatabase();
const server = await openAccounts(database.url);
/** Another process of the same installation. */
const other = await openAccounts(database.url);
after(async () => {
  await Promise.all([server.close(), other.close()]);
  await database.close();
});

const PATH = '/users/me/second-factor';
const OTHER_PASSWORD = 'another walk by the sea';

const setUp = (token: string, password = PASSWORD) => server.send({ method: 'POST', path: PATH, body: { password }, token });
const confirm = (token: string, code: string) => server.send({ method: 'POST', path: `${PATH}/confirm`, body: { code }, token });
const remove = (token: string) => server.send({ method: 'DELETE', path: PATH, token });
const signIn = (email: string, code?: string, { at = server, password = PASSWORD } = {}) =>
  at.send({ method: 'POST', path: '/sessions', body: { email, password, ...(code !== undefined && { code }) }, from: newIp() });
const refresh = (token: string) => server.send({ method: 'POST', path: '/sessions/refresh', body: { refresh_token: token } });
const me = async (token: string) => (await server.send({ method: 'GET', path: '/users/me', token })).json<{ has_second_factor: boolean }>();

/** Steps on both servers, so that a new code is shown. */
function nextStep(): void {
  for (const each of [server, other]) each.advance(30);
}

/** Somebody with a second factor, in the session that began without it; the code that confirmed it is used up. */
async function newProtected() {
  const { email, tokens } = await server.newPerson();
  const { secret } = (await setUp(tokens.access_token)).json<{ secret: string }>();
  const usedCode = codeAt(secret, server.nowMs());
  const confirmed = await confirm(tokens.access_token, usedCode);
  assert.equal(confirmed.statusCode, 200, confirmed.body);
  const { recovery_codes: recoveryCodes } = confirmed.json<{ recovery_codes: string[] }>();
  const freshCode = () => {
    nextStep();
    return codeAt(secret, server.nowMs());
  };
  return { email, tokens, secret, usedCode, recoveryCodes, freshCode };
}

test('it is set up with the password, confirmed with a code, and asked for from then on', async () => {
  const { email, tokens } = await server.newPerson();
  const token = tokens.access_token;
  assert.equal(codeOf(await setUp(token, 'not the password')), 'ACCOUNTS_SIGN_IN_REFUSED');
  assert.equal(codeOf(await confirm(token, '123456')), 'ACCOUNTS_SECOND_FACTOR_MISSING');
  const answer = await setUp(token);
  assert.deepEqual([answer.statusCode, answer.headers['cache-control']], [201, 'no-store']);
  const { secret, otpauth_uri: uri } = answer.json<{ secret: string; otpauth_uri: string }>();
  assert.equal(new URL(uri).searchParams.get('secret'), secret);
  assert.equal(codeOf(await confirm(token, wrongCodeAt(secret, server.nowMs()))), 'ACCOUNTS_CODE_WRONG');
  assert.equal((await me(token)).has_second_factor, false);
  assert.equal((await signIn(email)).statusCode, 201, 'while it waits nothing is asked for');
  const code = codeAt(secret, server.nowMs());
  const confirmed = await confirm(token, `${code.slice(0, 3)} ${code.slice(3)}`);
  assert.deepEqual([confirmed.statusCode, confirmed.headers['cache-control']], [200, 'no-store'], confirmed.body);
  assert.equal(confirmed.json<{ recovery_codes: string[] }>().recovery_codes.length, 10);
  assert.equal((await me(token)).has_second_factor, true);
  assert.equal(codeOf(await signIn(email)), 'ACCOUNTS_CODE_NEEDED');
  assert.equal(codeOf(await setUp(token)), 'ACCOUNTS_SECOND_FACTOR_EXISTS');
  assert.equal(codeOf(await confirm(token, code)), 'ACCOUNTS_SECOND_FACTOR_MISSING');
});

test('a secret that was replaced before it was confirmed is worth nothing', async () => {
  const { tokens } = await server.newPerson();
  const [first, second] = [await setUp(tokens.access_token), await setUp(tokens.access_token)].map((answer) =>
    answer.json<{ secret: string }>(),
  );
  assert.notEqual(first!.secret, second!.secret);
  assert.equal((await confirm(tokens.access_token, codeAt(first!.secret, server.nowMs()))).statusCode, 422);
  assert.equal((await confirm(tokens.access_token, codeAt(second!.secret, server.nowMs()))).statusCode, 200);
});

test('that a code is needed hears only who has the password; a wrong code is answered as a wrong password is', async () => {
  const { email, secret, freshCode } = await newProtected();
  const plain = (answer: { statusCode: number; json(): unknown }) => ({
    ...(answer.json() as object),
    request_id: '',
    status: answer.statusCode,
  });
  const wrongPassword = plain(await signIn(email, undefined, { password: 'not the password' }));
  assert.equal((wrongPassword as { code?: string }).code, 'ACCOUNTS_SIGN_IN_REFUSED');
  assert.deepEqual(plain(await signIn(email, freshCode(), { password: 'not the password' })), wrongPassword);
  for (const code of [wrongCodeAt(secret, server.nowMs()), 'aaaaa-aaaaa', '😀'])
    assert.deepEqual(plain(await signIn(email, code)), wrongPassword);
  assert.equal((await signIn(email, codeAt(secret, server.nowMs()))).statusCode, 201, 'a code beside a wrong password was not used up');
});

test('who has no second factor may send any code', async () => {
  const { email } = await server.newPerson();
  const tokens = (await signIn(email, '123456')).json<Tokens>();
  assert.equal(codeOf(await remove(tokens.access_token)), 'ACCOUNTS_SECOND_FACTOR_MISSING');
});

test('a code is good once, and none of an earlier step after it', async () => {
  const { email, secret, usedCode, freshCode } = await newProtected();
  assert.equal((await signIn(email, usedCode)).statusCode, 401, 'the code that confirmed it is used up');
  const earlier = freshCode();
  const inAdvance = codeAt(secret, server.nowMs() + 30_000);
  assert.equal((await signIn(email, inAdvance)).statusCode, 201, 'an app that is half a minute ahead');
  assert.equal((await signIn(email, inAdvance)).statusCode, 401, 'used before');
  assert.equal((await signIn(email, earlier)).statusCode, 401, 'of an earlier step');
  nextStep();
  assert.equal((await signIn(email, inAdvance)).statusCode, 401, 'still used when its own time comes');
  assert.equal((await signIn(email, freshCode())).statusCode, 201);
});

test('of two that use a code at once, one signs in', async () => {
  const { email, recoveryCodes, freshCode } = await newProtected();
  for (const code of [freshCode(), recoveryCodes[0]!]) {
    const answers = await Promise.all([0, 1, 2, 3].map((index) => signIn(email, code, { at: index % 2 ? other : server })));
    assert.deepEqual(answers.map((answer) => answer.statusCode).sort(), [201, 401, 401, 401]);
  }
});

test('a recovery code signs in once, however it is typed, and is another person’s nothing', async () => {
  const { email, recoveryCodes } = await newProtected();
  const stranger = await newProtected();
  const [first, second] = recoveryCodes;
  assert.equal((await signIn(stranger.email, first)).statusCode, 401);
  assert.equal((await signIn(email, first)).statusCode, 201);
  assert.equal((await signIn(email, first)).statusCode, 401);
  assert.equal((await signIn(email, second!.toUpperCase().replace('-', ' '))).statusCode, 201);
  assert.equal((await signIn(email, second)).statusCode, 401);
});

test('guessing codes is stopped, though every guess brings the right password', async () => {
  const { email, secret, freshCode } = await newProtected();
  assert.equal((await signIn(email, freshCode())).statusCode, 201, 'a complete sign-in forgets what was before');
  for (let guess = 0; guess < 20; guess += 1) assert.equal((await signIn(email, wrongCodeAt(secret, server.nowMs()))).statusCode, 401);
  assert.equal(codeOf(await signIn(email)), 'ACCOUNTS_CODE_NEEDED', 'who gives none guesses none');
  const stopped = await signIn(email, freshCode());
  assert.equal(stopped.statusCode, 429);
  for (const each of [server, other]) each.advance(Number(stopped.headers['retry-after']));
  assert.equal((await signIn(email, freshCode())).statusCode, 201);
});

test('guessing the code of a secret that waits is stopped', async () => {
  const { tokens } = await server.newPerson();
  const { secret } = (await setUp(tokens.access_token)).json<{ secret: string }>();
  for (let guess = 0; guess < 20; guess += 1)
    assert.equal((await confirm(tokens.access_token, wrongCodeAt(secret, server.nowMs()))).statusCode, 422);
  assert.equal((await confirm(tokens.access_token, codeAt(secret, server.nowMs()))).statusCode, 429);
});

test('only a session that began with a code removes it, a refresh keeps that, and the person is told', async () => {
  const { email, tokens, secret, recoveryCodes, freshCode } = await newProtected();
  assert.equal(codeOf(await remove(tokens.access_token)), 'ACCOUNTS_SECOND_FACTOR_NEEDED');
  const without = (await refresh(tokens.refresh_token)).json<Tokens>();
  assert.equal(codeOf(await remove(without.access_token)), 'ACCOUNTS_SECOND_FACTOR_NEEDED', 'a refresh does not raise it');
  const shown = (await signIn(email, freshCode())).json<Tokens>();
  const once = (await refresh(shown.refresh_token)).json<Tokens>();
  const twice = (await refresh(once.refresh_token)).json<Tokens>();
  assert.equal((await remove(twice.access_token)).statusCode, 204);
  const isTold = () => server.mails.some((mail) => mail.to === email && mail.subject === 'Your second factor was removed');
  while (!isTold()) await new Promise((resolve) => setImmediate(resolve));
  assert.equal(codeOf(await remove(twice.access_token)), 'ACCOUNTS_SECOND_FACTOR_MISSING');
  assert.equal((await me(twice.access_token)).has_second_factor, false);
  const again = (await signIn(email)).json<Tokens>();
  const next = (await setUp(again.access_token)).json<{ secret: string }>().secret;
  assert.notEqual(next, secret);
  assert.equal((await confirm(again.access_token, codeAt(next, server.nowMs()))).statusCode, 200, 'and it can be set up anew');
  assert.equal((await signIn(email, recoveryCodes[0])).statusCode, 401, 'the old recovery codes went with it');
  const stale = (await refresh(twice.refresh_token)).json<Tokens>();
  assert.equal(codeOf(await remove(stale.access_token)), 'ACCOUNTS_SECOND_FACTOR_NEEDED', 'what showed the old one has not shown the new');
});

test('a new password by mail leaves it, and gives no new attempts at the code', async () => {
  const { email, secret, freshCode } = await newProtected();
  assert.equal((await signIn(email, freshCode())).statusCode, 201);
  for (let guess = 0; guess < 20; guess += 1) await signIn(email, wrongCodeAt(secret, server.nowMs()));
  await server.send({ method: 'POST', path: '/password-resets', body: { email }, from: newIp() });
  const body = { token: await server.mailedToken(email, 2), password: OTHER_PASSWORD };
  assert.equal((await server.send({ method: 'POST', path: '/password-resets/confirm', body, from: newIp() })).statusCode, 204);
  assert.equal(codeOf(await signIn(email, undefined, { password: OTHER_PASSWORD })), 'ACCOUNTS_CODE_NEEDED');
  const stopped = await signIn(email, freshCode(), { password: OTHER_PASSWORD });
  assert.equal(stopped.statusCode, 429);
  for (const each of [server, other]) each.advance(Number(stopped.headers['retry-after']));
  assert.equal((await signIn(email, freshCode(), { password: OTHER_PASSWORD })).statusCode, 201);
});

test('neither the secret nor a recovery code is in the database in the clear', async () => {
  const { secret, recoveryCodes } = await newProtected();
  const { tokens } = await server.newPerson();
  const { secret: waiting } = (await setUp(tokens.access_token)).json<{ secret: string }>();
  const tables = await server.db.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'accounts' order by 1`,
  );
  const dumps = await Promise.all(
    tables.map(({ name }) => server.db.query<{ row: string }>(`select t::text as row from accounts."${name}" t`)),
  );
  const dump = dumps
    .flat()
    .map(({ row }) => row)
    .join('\n');
  const hexOf = (text: string) => Buffer.from(text).toString('hex');
  const forms = (text: string) => [text, text.toLowerCase(), hexOf(text), hexOf(text.toLowerCase())];
  const secrets = [secret, waiting].flatMap((text) => [...forms(text), bytesOfBase32(text).toString('hex')]);
  const codes = recoveryCodes.flatMap((code) => [...forms(code), ...forms(code.replace('-', ''))]);
  for (const text of [...secrets, ...codes]) assert.ok(!dump.includes(text), text);
  for (const code of recoveryCodes) assert.ok(dump.includes(hash('sha256', code.replace('-', ''))), 'the search finds what is there');
});

function bytesOfBase32(text: string): Buffer {
  const bits = Array.from(text, (char) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(char).toString(2).padStart(5, '0')).join('');
  return Buffer.from(bits.match(/.{8}/g)?.map((byte) => Number.parseInt(byte, 2)) ?? []);
}
