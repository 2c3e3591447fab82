import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { codeAt } from '../../apps/server/src/modules/accounts/test/authenticator.ts';
import { systemClock } from '../../apps/server/src/platform/clock/index.ts';
import { PASSWORD, type Tokens } from './contract/person.ts';
import { openHouses, type Bearer, type Houses, type Someone } from './houses.ts';

let houses: Houses;
before(async () => {
  houses = await openHouses();
});
after(() => houses.close());

const STEP_MS = 30_000;
const EVENT = {
  ...{ title: 'Evening', venue: { name: 'Hall', city: 'Vienna' }, time_zone: 'Europe/Vienna', currency: 'EUR' },
  ...{ starts_at: '2099-05-01T18:00:00Z', ends_at: '2099-05-01T21:00:00Z' },
};

type Answer = Awaited<ReturnType<Houses['send']>>;
const send: Houses['send'] = (...request) => houses.send(...request);
const codeOf = (answer: Answer) => answer.json<{ code?: string }>().code;
const isRefused = (answer: Answer, status: number, code: string) => assert.deepEqual([answer.statusCode, codeOf(answer)], [status, code]);
const isDone = (answer: Answer, status = 200): Answer => {
  assert.equal(answer.statusCode, status, answer.body);
  return answer;
};

test('from sign-up to removal, and what each may do after each step', async () => {
  const ada = await signUp('ada@example.org');
  const protectedAda = await protect(ada, 'ada@example.org');

  const founded = isDone(await send(protectedAda, 'POST', '/organizations', { name: 'The House', slug: 'the-house' }), 201);
  const { id: house } = founded.json<{ id: string }>();
  const at = (path = '') => `/organizations/${house}${path}`;
  const { id: event } = isDone(await send(protectedAda, 'POST', at('/events'), EVENT), 201).json<{ id: string }>();

  const grace = await houses.newPerson();
  isRefused(await send(grace, 'GET', at()), 404, 'NOT_FOUND');
  isDone(await send(protectedAda, 'POST', at('/invitations'), { email: grace.email, role: 'scanner' }), 201);
  isRefused(await send(grace, 'GET', at()), 404, 'NOT_FOUND');
  const token = houses.invitationIn(grace.email);
  isDone(await send(grace, 'POST', '/invitations/accept', { token }));
  isRefused(await send(await houses.newPerson(), 'POST', '/invitations/accept', { token }), 422, 'ORGANIZATIONS_INVITATION_INVALID');

  isDone(await send(grace, 'GET', at(`/events/${event}/sale`)));
  isRefused(await send(grace, 'PATCH', at(`/events/${event}`), { title: 'Hers' }), 403, 'FORBIDDEN');
  await assertNoWayUp(grace, at);

  isDone(await send(protectedAda, 'PATCH', at(`/members/${grace.id}`), { role: 'manager' }));
  isDone(await send(grace, 'PATCH', at(`/events/${event}`), { title: 'A late evening' }));
  isRefused(await send(grace, 'PATCH', at(), { name: 'Her house' }), 403, 'FORBIDDEN');
  isRefused(await send(grace, 'POST', at('/invitations'), { email: 'eve@example.org', role: 'scanner' }), 403, 'FORBIDDEN');
  await assertNoWayUp(grace, at);

  const key = await houses.personalKey(grace, ['events.read', 'events.change']);
  isDone(await send(key, 'PATCH', at(`/events/${event}`), { title: 'An early evening' }));
  isDone(await send(protectedAda, 'DELETE', at(`/members/${grace.id}`)), 204);
  for (const bearer of [grace, key]) {
    isRefused(await send(bearer, 'GET', at(`/events/${event}/sale`)), 404, 'NOT_FOUND');
    isRefused(await send(bearer, 'PATCH', at(`/events/${event}`), { title: 'Still hers' }), 404, 'NOT_FOUND');
  }
  isRefused(await send(grace, 'POST', '/invitations/accept', { token }), 422, 'ORGANIZATIONS_INVITATION_INVALID');
  isDone(await send(grace, 'GET', '/users/me'));
});

test('a refresh token that is shown twice ends the session, for the thief and for the owner', async () => {
  const victim = await houses.newPerson();
  const refresh = (token: string) => send(null, 'POST', '/sessions/refresh', { refresh_token: token });
  const second = isDone(await refresh(victim.refresh_token)).json<Tokens>();
  isDone(await send(second, 'GET', '/users/me'));
  isRefused(await refresh(victim.refresh_token), 401, 'ACCOUNTS_REFRESH_REFUSED');
  isRefused(await refresh(second.refresh_token), 401, 'ACCOUNTS_REFRESH_REFUSED');
  for (const bearer of [victim, second]) isRefused(await send(bearer, 'GET', '/users/me'), 401, 'ACCESS_TOKEN_INVALID');
});

test('whatever byte of an access token is changed, it is a wrong token', async () => {
  const { access_token: token } = await houses.newPerson();
  const bytes = Buffer.from(token.slice(4), 'base64url');
  for (let at = 0; at < bytes.length; at += 1) {
    const forged = Buffer.from(bytes);
    forged[at] = forged[at]! ^ 1;
    isRefused(await send({ access_token: `act_${forged.toString('base64url')}` }, 'GET', '/users/me'), 401, 'ACCESS_TOKEN_INVALID');
  }
  for (const other of [`${token}=`, token.slice(4), token.toUpperCase(), `rft_${token.slice(4)}`]) {
    isRefused(await send({ access_token: other }, 'GET', '/users/me'), 401, 'ACCESS_TOKEN_INVALID');
  }
});

/** Asks for an account, and proves the address; before that there is none. */
async function signUp(email: string): Promise<Tokens> {
  const credentials = { email, password: PASSWORD };
  isDone(await send(null, 'POST', '/sign-ups', { ...credentials, name: 'Ada' }), 202);
  isRefused(await send(null, 'POST', '/sessions', credentials), 401, 'ACCOUNTS_SIGN_IN_REFUSED');
  const token = await houses.person.mailedToken(email, 1);
  const verified = isDone(await send(null, 'POST', '/sign-ups/verify', { token, password: PASSWORD }), 201);
  isRefused(await send(null, 'POST', '/sign-ups/verify', { token, password: PASSWORD }), 422, 'ACCOUNTS_LINK_INVALID');
  return verified.json<Tokens>();
}

/** Sets up a second factor; from then on the password alone opens nothing. */
async function protect(person: Bearer, email: string): Promise<Tokens> {
  const set = isDone(await send(person, 'POST', '/users/me/second-factor', { password: PASSWORD }), 201);
  const { secret } = set.json<{ secret: string }>();
  const code = codeAt(secret, systemClock.nowMs());
  isDone(await send(person, 'POST', '/users/me/second-factor/confirm', { code }));
  const signIn = (more: object) => send(null, 'POST', '/sessions', { email, password: PASSWORD, ...more });
  isRefused(await signIn({}), 401, 'ACCOUNTS_CODE_NEEDED');
  isRefused(await signIn({ code }), 401, 'ACCOUNTS_SIGN_IN_REFUSED');
  return isDone(await signIn({ code: codeAt(secret, systemClock.nowMs() + STEP_MS) }), 201).json<Tokens>();
}

/** Who is neither owner nor admin gets no higher by their own doing. */
async function assertNoWayUp(someone: Someone, at: (path: string) => string): Promise<void> {
  for (const role of ['owner', 'admin', 'manager']) {
    isRefused(await send(someone, 'PATCH', at(`/members/${someone.id}`), { role }), 403, 'FORBIDDEN');
    isRefused(await send(someone, 'POST', at('/invitations'), { email: someone.email, role }), 403, 'FORBIDDEN');
  }
  isRefused(await send(someone, 'POST', at('/api-keys'), { name: 'A key', scopes: ['organization.change'] }), 403, 'FORBIDDEN');
  isRefused(await send(someone, 'PATCH', '/users/me', { name: 'Grace', role: 'owner' }), 400, 'REQUEST_INVALID');
  const key = await houses.personalKey(someone, ['organization.change', 'members.read']);
  isRefused(await send(key, 'PATCH', at(''), { name: 'Her house' }), 403, 'FORBIDDEN');
}
