import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { purgeChallenges } from '../queries/passkey-challenges.ts';
import { passkeyCalls, tokensOf } from './passkey-calls.ts';
import { SoftwareAuthenticator, type Twist } from './software-authenticator.ts';
import { codeOf, createDatabase, newIp, openAccounts, PUBLIC_URL } from './support.ts';

const database = await createDatabase();
const server = await openAccounts(database.url);
/** Another process of the same installation. */
const other = await openAccounts(database.url);
after(async () => {
  await Promise.all([server.close(), other.close()]);
  await database.close();
});

const { options, add, list, askSignIn, show, signIn, newHolder } = passkeyCalls(server);

/** An answer without what differs from one request to the next. */
const plain = (answer: { statusCode: number; json(): unknown }) => ({
  ...(answer.json() as object),
  request_id: '',
  status: answer.statusCode,
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

test('a counter that goes backwards, or stands still, is a copy: refused', async () => {
  const { device } = await newHolder();
  for (const signCount of [5, 6]) tokensOf(await signIn(device, { signCount }));
  for (const signCount of [6, 5, 0]) assert.equal((await signIn(device, { signCount })).statusCode, 401, String(signCount));
  const [one, two] = [await askSignIn(), await askSignIn()];
  const answers = await Promise.all([show(device.get(one, { signCount: 7 })), show(device.get(two, { signCount: 7 }), other)]);
  assert.deepEqual(answers.map((answer) => answer.statusCode).sort(), [201, 401], 'two copies at once');
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
