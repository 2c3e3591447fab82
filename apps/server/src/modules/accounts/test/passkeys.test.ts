import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { purgeChallenges } from '../queries/passkey-challenges.ts';
import { codeAt } from './authenticator.ts';
import { SoftwareAuthenticator, type Options, type Twist } from './software-authenticator.ts';
import { createDatabase, newIp, openAccounts, PASSWORD, PUBLIC_URL, type Tokens } from './support.ts';

const database = await createDatabase();
const server = await openAccounts(database.url);
/** Another process of the same installation. */
const other = await openAccounts(database.url);
after(async () => {
  await Promise.all([server.close(), other.close()]);
  await database.close();
});

const PATH = '/users/me/passkeys';
type Passkey = { id: string; name: string; created_at: string; last_used_at: string | null };
type Server = typeof server;

const codeOf = (answer: { json(): unknown }) => (answer.json() as { code?: string }).code;
const post = (path: string, body: object, token?: string, at: Server = server) =>
  at.send({ method: 'POST', path, body, from: newIp(), ...(token !== undefined && { token }) });
const ask = (token: string, password = PASSWORD) => post(`${PATH}/challenges`, { password }, token);
const options = async (token: string) => {
  const answer = await ask(token);
  assert.equal(answer.statusCode, 201, answer.body);
  return answer.json<Options>();
};
const add = (token: string, credential: object, name = 'My telephone') => post(PATH, { name, credential }, token);
const list = async (token: string) => (await server.send({ method: 'GET', path: PATH, token })).json<{ data: Passkey[] }>().data;
const remove = (token: string, id: string) => server.send({ method: 'DELETE', path: `${PATH}/${id}`, token });
const askSignIn = async () => (await post('/sessions/passkey-challenges', {})).json<Options>();
const show = (credential: object, at: Server = server) => post('/sessions/passkeys', { credential }, undefined, at);
const signIn = async (device: SoftwareAuthenticator, twist: Twist = {}) => show(device.get(await askSignIn(), twist));
const tokensOf = (answer: { statusCode: number; body: string; json<T>(): T }) => {
  assert.equal(answer.statusCode, 201, answer.body);
  return answer.json<Tokens>();
};
const refresh = async (token: string) => tokensOfRefresh(await post('/sessions/refresh', { refresh_token: token }));
const tokensOfRefresh = (answer: { json<T>(): T }) => answer.json<Tokens>();
async function mailed(to: string, subject: string): Promise<void> {
  while (!server.mails.some((mail) => mail.to === to && mail.subject === subject)) await new Promise((resolve) => setImmediate(resolve));
}

/** Somebody with a passkey, in the session that began with the password. */
async function newHolder({ counts = true } = {}) {
  const { email, tokens } = await server.newPerson();
  const device = new SoftwareAuthenticator(PUBLIC_URL, { counts });
  const answer = await add(tokens.access_token, device.create(await options(tokens.access_token)));
  assert.equal(answer.statusCode, 201, answer.body);
  return { email, tokens, device, passkey: answer.json<Passkey>() };
}

/** An answer without what differs from one request to the next. */
const plain = (answer: { statusCode: number; json(): unknown }) => ({
  ...(answer.json() as object),
  request_id: '',
  status: answer.statusCode,
});

async function setUpTotp(token: string): Promise<string> {
  const { secret } = (await post('/users/me/second-factor', { password: PASSWORD }, token)).json<{ secret: string }>();
  const confirmed = await post('/users/me/second-factor/confirm', { code: codeAt(secret, server.nowMs()) }, token);
  assert.equal(confirmed.statusCode, 200, confirmed.body);
  return secret;
}

test('a passkey is added with the password, listed, signs in without it, and the session counts as one with the second factor', async () => {
  const { email, tokens } = await server.newPerson();
  const token = tokens.access_token;
  assert.deepEqual(await list(token), []);
  assert.equal(codeOf(await ask(token, 'not the password')), 'ACCOUNTS_SIGN_IN_REFUSED');
  const asked = await ask(token);
  assert.deepEqual([asked.statusCode, asked.headers['cache-control']], [201, 'no-store']);
  const told = asked.json<Options & { user: { name: string }; excludeCredentials: object[]; authenticatorSelection: object }>();
  assert.deepEqual([told.rp?.id, told.user.name, told.excludeCredentials], ['tickets.example.org', email, []]);
  assert.deepEqual(told.authenticatorSelection, { residentKey: 'required', requireResidentKey: true, userVerification: 'required' });
  const device = new SoftwareAuthenticator(PUBLIC_URL);
  const added = await add(token, device.create(told), 'Ada’s telephone');
  assert.equal(added.statusCode, 201, added.body);
  await mailed(email, 'A passkey was added');
  const answer = await signIn(device);
  assert.equal(answer.headers['cache-control'], 'no-store');
  const session = tokensOf(answer);
  const [kept] = await list(session.access_token);
  assert.deepEqual([kept?.id, kept?.name], [added.json<Passkey>().id, 'Ada’s telephone']);
  assert.ok(kept?.last_used_at);
  const { data } = (await server.send({ method: 'GET', path: '/users/me/sessions', token: session.access_token })).json<{
    data: object[];
  }>();
  assert.equal(data.length, 2);
  const next = (await options((await refresh(session.refresh_token)).access_token)) as typeof told;
  assert.deepEqual(next.excludeCredentials, [{ type: 'public-key', id: device.credentialId }], 'a refresh keeps what was shown');
});

test('a device that says 0 for ever signs in again and again', async () => {
  const { device } = await newHolder({ counts: false });
  for (let time = 0; time < 3; time += 1) tokensOf(await signIn(device));
});

test('whatever is wrong with an answer, it is refused in the same words as a passkey that nobody has', async () => {
  const { device } = await newHolder();
  const stranger = await newHolder();
  const nobody = new SoftwareAuthenticator(PUBLIC_URL);
  nobody.create({ ...(await askSignIn()), user: { id: 'AAAA' } });
  const unknown = plain(await signIn(nobody));
  assert.deepEqual([unknown.status, (unknown as { code?: string }).code], [401, 'ACCOUNTS_PASSKEY_REFUSED']);
  const strangersHandle = stranger.device.get(await askSignIn()).response.userHandle;
  const twists: Twist[] = [
    { origin: 'https://tickets.example.com' },
    { origin: 'http://tickets.example.org' },
    { origin: `${PUBLIC_URL}:8443` },
    { rpId: 'example.org' },
    { isVerified: false },
    { isPresent: false },
    { crossOrigin: true },
    { type: 'webauthn.create' },
    { isForged: true },
    { challenge: Buffer.alloc(32).toString('base64url') },
    { challenge: '' },
    { userHandle: strangersHandle },
    { userHandle: 'AAAA' },
    { credentialId: stranger.device.credentialId },
    { credentialId: stranger.device.credentialId, userHandle: strangersHandle },
  ];
  for (const twist of twists) assert.deepEqual(plain(await signIn(device, twist)), unknown, JSON.stringify(twist));
  for (const part of [{ clientDataJSON: 'AAAA' }, { clientDataJSON: 'bnVsbA' }, { authenticatorData: 'AAAA' }, { signature: 'AAAA' }]) {
    const good = device.get(await askSignIn());
    assert.deepEqual(plain(await show({ ...good, response: { ...good.response, ...part } })), unknown, JSON.stringify(part));
  }
  tokensOf(await signIn(device));
});

test('a challenge is good once, also on another server, also at once, also where the answer was wrong', async () => {
  const { device } = await newHolder({ counts: false });
  const asked = await askSignIn();
  const answers = await Promise.all([0, 1, 2, 3].map((index) => show(device.get(asked), index % 2 ? other : server)));
  assert.deepEqual(answers.map((answer) => answer.statusCode).sort(), [201, 401, 401, 401]);
  assert.equal((await show(device.get(asked), other)).statusCode, 401);
  const failed = await askSignIn();
  assert.equal((await show(device.get(failed, { isVerified: false }))).statusCode, 401);
  assert.equal((await show(device.get(failed))).statusCode, 401);
});

test('a challenge is good for five minutes and for what it was made for', async () => {
  const { device, tokens: holders } = await newHolder();
  const shown = tokensOf(await signIn(device)).access_token;
  const toAdd = await options(shown);
  assert.equal((await show(device.get({ ...toAdd, rpId: 'tickets.example.org' }))).statusCode, 401, 'made to add one');
  const second = new SoftwareAuthenticator(PUBLIC_URL);
  const { user } = await options(shown);
  const toSignIn = { ...(await askSignIn()), rp: { id: 'tickets.example.org' }, user: user! };
  assert.equal(codeOf(await add(shown, second.create(toSignIn))), 'ACCOUNTS_PASSKEY_INVALID', 'made to sign in');
  const stranger = await server.newPerson();
  const foreign = await options(stranger.tokens.access_token);
  assert.equal(codeOf(await add(shown, second.create(foreign))), 'ACCOUNTS_PASSKEY_INVALID', 'made for another person');
  const [late, early] = [await askSignIn(), await askSignIn()];
  const lateToAdd = await options(shown);
  for (const each of [server, other]) each.advance(299);
  tokensOf(await show(device.get(early)));
  for (const each of [server, other]) each.advance(2);
  assert.equal((await show(device.get(late))).statusCode, 401);
  assert.equal(codeOf(await add(shown, second.create(lateToAdd))), 'ACCOUNTS_PASSKEY_INVALID');
  assert.equal((await list(holders.access_token)).length, 1);
});

test('an answer that adds a passkey is refused for whatever is wrong with it', async () => {
  const { tokens } = await server.newPerson();
  const token = tokens.access_token;
  const { device: known } = await newHolder();
  const twists: Twist[] = [
    { origin: 'https://tickets.example.com' },
    { rpId: 'example.org' },
    { isVerified: false },
    { isPresent: false },
    { crossOrigin: true },
    { type: 'webauthn.get' },
    { algorithm: -36 },
    { challenge: Buffer.alloc(32).toString('base64url') },
    { credentialId: known.credentialId },
    { format: 'fido-u2f' },
    {
      format: 'packed',
      statement: new Map<string, unknown>([
        ['alg', -7],
        ['sig', new Uint8Array(70)],
        ['x5c', [new Uint8Array(9)]],
      ]),
    },
  ];
  for (const twist of twists) {
    const answer = await add(token, new SoftwareAuthenticator(PUBLIC_URL).create(await options(token), twist));
    assert.deepEqual([answer.statusCode, codeOf(answer)], [422, 'ACCOUNTS_PASSKEY_INVALID'], JSON.stringify(twist));
  }
  const credential = new SoftwareAuthenticator(PUBLIC_URL).create(await options(token));
  const spoiled = {
    ...credential,
    response: { ...credential.response, attestationObject: Buffer.alloc(9_000, 0x81).toString('base64url') },
  };
  assert.equal(codeOf(await add(token, spoiled)), 'ACCOUNTS_PASSKEY_INVALID', 'nested deeper than anybody reads');
  assert.equal(codeOf(await add(token, credential)), 'ACCOUNTS_PASSKEY_INVALID', 'the challenge went with it');
  assert.deepEqual(await list(token), []);
});

test('a counter that goes backwards, or stands still, is a copy: refused', async () => {
  const { device } = await newHolder();
  for (const signCount of [5, 6]) tokensOf(await signIn(device, { signCount }));
  for (const signCount of [6, 5, 0]) assert.equal((await signIn(device, { signCount })).statusCode, 401, String(signCount));
  const [one, two] = [await askSignIn(), await askSignIn()];
  const answers = await Promise.all([show(device.get(one, { signCount: 7 })), show(device.get(two, { signCount: 7 }), other)]);
  assert.deepEqual(answers.map((answer) => answer.statusCode).sort(), [201, 401], 'two copies at once');
});

test('a session that began with the password alone adds no second one, and removes none', async () => {
  const { email, tokens, device, passkey } = await newHolder();
  assert.equal(codeOf(await ask(tokens.access_token)), 'ACCOUNTS_SECOND_FACTOR_NEEDED');
  assert.equal(codeOf(await remove(tokens.access_token, passkey.id)), 'ACCOUNTS_SECOND_FACTOR_NEEDED');
  const totp = await post('/users/me/second-factor', { password: PASSWORD }, tokens.access_token);
  assert.equal(codeOf(totp), 'ACCOUNTS_SECOND_FACTOR_NEEDED', 'nor any other factor');
  const stranger = await newHolder();
  const strangers = tokensOf(await signIn(stranger.device)).access_token;
  assert.equal((await remove(strangers, passkey.id)).statusCode, 404);
  assert.equal((await remove(strangers, 'psk_01kjw8x9v3e8aa7m2zq5r4t6yb')).statusCode, 404);
  const session = tokensOf(await signIn(device));
  assert.equal((await remove(session.access_token, passkey.id)).statusCode, 204);
  await mailed(email, 'A passkey was removed');
  assert.equal((await signIn(device)).statusCode, 401, 'removed');
  assert.equal((await remove(session.access_token, passkey.id)).statusCode, 404);
});

test('what was asked before there was a passkey does not add one past it', async () => {
  const { tokens } = await server.newPerson();
  const token = tokens.access_token;
  const [first, second] = [await options(token), await options(token)];
  const secret = (await post('/users/me/second-factor', { password: PASSWORD }, token)).json<{ secret: string }>().secret;
  assert.equal((await add(token, new SoftwareAuthenticator(PUBLIC_URL).create(first))).statusCode, 201);
  assert.equal(codeOf(await add(token, new SoftwareAuthenticator(PUBLIC_URL).create(second))), 'ACCOUNTS_SECOND_FACTOR_NEEDED');
  const confirmed = await post('/users/me/second-factor/confirm', { code: codeAt(secret, server.nowMs()) }, token);
  assert.equal(codeOf(confirmed), 'ACCOUNTS_SECOND_FACTOR_NEEDED');
});

test('a second factor by code and a passkey stand for each other, and fall by themselves', async () => {
  const { email, tokens, device, passkey } = await newHolder();
  const byPasskey = tokensOf(await signIn(device));
  const secret = await setUpTotp(byPasskey.access_token);
  assert.equal(codeOf(await ask(tokens.access_token)), 'ACCOUNTS_SECOND_FACTOR_NEEDED');
  for (const each of [server, other]) each.advance(30);
  const byCode = tokensOf(await post('/sessions', { email, password: PASSWORD, code: codeAt(secret, server.nowMs()) }));
  assert.equal((await remove(byCode.access_token, passkey.id)).statusCode, 204);
  const lowered = await refresh(byPasskey.refresh_token);
  assert.equal(
    codeOf(await ask(lowered.access_token)),
    'ACCOUNTS_SECOND_FACTOR_NEEDED',
    'what showed the removed passkey has shown nothing',
  );
  const again = new SoftwareAuthenticator(PUBLIC_URL);
  assert.equal((await add(byCode.access_token, again.create(await options(byCode.access_token)))).statusCode, 201);
  const second = tokensOf(await signIn(again));
  assert.equal((await server.send({ method: 'DELETE', path: '/users/me/second-factor', token: byCode.access_token })).statusCode, 204);
  assert.equal((await ask((await refresh(second.refresh_token)).access_token)).statusCode, 201, 'the passkey is still shown');
});

test('a new password by mail leaves passkeys, and takes back what was asked with the old one', async () => {
  const { email, tokens } = await server.newPerson();
  const asked = await options(tokens.access_token);
  await post('/password-resets', { email });
  const body = { token: await server.mailedToken(email, 2), password: 'another walk by the sea' };
  assert.equal((await post('/password-resets/confirm', body)).statusCode, 204);
  const anew = tokensOf(await post('/sessions', { email, password: 'another walk by the sea' }));
  assert.equal(codeOf(await add(anew.access_token, new SoftwareAuthenticator(PUBLIC_URL).create(asked))), 'ACCOUNTS_PASSKEY_INVALID');
});

test('a person has at most twenty', async () => {
  const { device } = await newHolder();
  const { access_token: token } = tokensOf(await signIn(device));
  const { person_id: personId } = (
    await server.db.query<{ person_id: string }>('select person_id from accounts.passkeys where credential_id = $1', [
      Buffer.from(device.credentialId, 'base64url'),
    ])
  )[0]!;
  await server.db.query(
    `insert into accounts.passkeys (id, person_id, credential_id, public_key, sign_count, name_sealed, created_at)
     select gen_random_uuid(), $1, uuid_send(gen_random_uuid()), public_key, 0, name_sealed, now()
     from accounts.passkeys, generate_series(1, 18) where person_id = $1`,
    [personId],
  );
  const [one, two] = [await options(token), await options(token)];
  const answers = await Promise.all([one, two].map((asked) => add(token, new SoftwareAuthenticator(PUBLIC_URL).create(asked))));
  assert.deepEqual(answers.map((answer) => answer.statusCode).sort(), [201, 409]);
  assert.equal(codeOf(await ask(token)), 'ACCOUNTS_TOO_MANY_PASSKEYS');
});

test('challenges and attempts of one client are limited', async () => {
  const from = newIp();
  const sendFrom = (path: string, body: object) => server.send({ method: 'POST', path, body, from });
  for (let time = 0; time < 300; time += 1) assert.equal((await sendFrom('/sessions/passkey-challenges', {})).statusCode, 201);
  assert.equal(codeOf(await sendFrom('/sessions/passkey-challenges', {})), 'TOO_MANY_ATTEMPTS');
  const { device } = await newHolder();
  for (let time = 0; time < 100; time += 1) {
    const credential = device.get({ challenge: 'AAAA', rpId: 'tickets.example.org' });
    assert.equal((await sendFrom('/sessions/passkeys', { credential })).statusCode, 401);
  }
  assert.equal((await sendFrom('/sessions/passkeys', { credential: device.get(await askSignIn()) })).statusCode, 429);
});

test('guessing the password to add a passkey is stopped', async () => {
  const { tokens } = await server.newPerson();
  const from = newIp();
  const guess = () =>
    server.send({ method: 'POST', path: `${PATH}/challenges`, body: { password: 'a guess' }, token: tokens.access_token, from });
  for (let time = 0; time < 20; time += 1) assert.equal((await guess()).statusCode, 401);
  assert.equal((await guess()).statusCode, 429);
});

test('challenges that have run out are removed, others stay', async () => {
  const count = async () =>
    (await server.db.query<{ count: number }>('select count(*)::int as count from accounts.passkey_challenges'))[0]?.count;
  await askSignIn();
  for (const each of [server, other]) each.advance(301);
  await askSignIn();
  assert.equal(await purgeChallenges(server.db, server.nowMs()), false);
  assert.equal(await count(), 1);
});

test('names of passkeys and challenges are not in the database in the clear', async () => {
  const { device } = await newHolder();
  const { challenge } = await askSignIn();
  const tables = ['accounts.passkeys', 'accounts.passkey_challenges'];
  const dumps = await Promise.all(tables.map((table) => server.db.query<{ row: string }>(`select t::text as row from ${table} t`)));
  const dump = dumps
    .flat()
    .map(({ row }) => row)
    .join('\n');
  for (const text of ['My telephone', challenge]) {
    assert.ok(!dump.includes(text) && !dump.includes(Buffer.from(text).toString('hex')), text);
  }
  assert.ok(!dump.includes(Buffer.from(challenge, 'base64url').toString('hex')));
  assert.ok(dump.includes(Buffer.from(device.credentialId, 'base64url').toString('hex')), 'the search finds what is there');
});
