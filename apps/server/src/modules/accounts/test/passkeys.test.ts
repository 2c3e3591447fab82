import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { codeAt } from './authenticator.ts';
import { PATH, passkeyCalls, tokensOf, type Passkey } from './passkey-calls.ts';
import { SoftwareAuthenticator, type Options, type Twist } from './software-authenticator.ts';
import { codeOf, createDatabase, newIp, openAccounts, PASSWORD, PUBLIC_URL } from './support.ts';

const database = await createDatabase();
const server = await openAccounts(database.url);
/** Another process of the same installation. */
const other = await openAccounts(database.url);
after(async () => {
  await Promise.all([server.close(), other.close()]);
  await database.close();
});

const { post, ask, options, add, list, remove, signIn, refresh, newHolder } = passkeyCalls(server);

async function mailed(to: string, subject: string): Promise<void> {
  while (!server.mails.some((mail) => mail.to === to && mail.subject === subject)) await new Promise((resolve) => setImmediate(resolve));
}

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

test('who gives the right password after wrong ones has as many attempts as before', async () => {
  const { tokens } = await server.newPerson();
  const from = newIp();
  const asked = (password: string) =>
    server.send({ method: 'POST', path: `${PATH}/challenges`, body: { password }, from, token: tokens.access_token });
  for (let wrong = 0; wrong < 19; wrong += 1) assert.equal(codeOf(await asked('not the password')), 'ACCOUNTS_SIGN_IN_REFUSED');
  assert.equal((await asked(PASSWORD)).statusCode, 201);
  for (let wrong = 0; wrong < 20; wrong += 1) assert.equal(codeOf(await asked('not the password')), 'ACCOUNTS_SIGN_IN_REFUSED');
  assert.equal(codeOf(await asked(PASSWORD)), 'TOO_MANY_ATTEMPTS');
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

test('guessing the password to add a passkey is stopped', async () => {
  const { tokens } = await server.newPerson();
  const from = newIp();
  const guess = () =>
    server.send({ method: 'POST', path: `${PATH}/challenges`, body: { password: 'a guess' }, token: tokens.access_token, from });
  for (let time = 0; time < 20; time += 1) assert.equal((await guess()).statusCode, 401);
  assert.equal((await guess()).statusCode, 429);
});
