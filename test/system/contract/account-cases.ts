import type { LightMyRequestResponse } from 'fastify';
import { codeAt } from '../../../apps/server/src/modules/accounts/test/authenticator.ts';
import { systemClock } from '../../../apps/server/src/platform/clock/index.ts';
import type { Cases, Provoke } from './provoke.ts';
import { untilTooMany } from './until-too-many.ts';
import { givePasskey, withPasskey } from './with-passkey.ts';
import { PASSWORD, type Person } from './person.ts';

const NOBODY = { email: 'nobody@example.org', password: PASSWORD };

/** What these operations take, where no account is needed for it. */
export const accountPayloads: Readonly<Record<string, object>> = {
  signUp: { ...NOBODY, name: 'Nobody' },
  verifyEmail: { token: 'mlt_unknown', password: PASSWORD },
  signIn: NOBODY,
  refreshSession: { refresh_token: 'rft_unknown' },
  requestPasswordReset: { email: NOBODY.email },
  resetPassword: { token: 'mlt_unknown', password: PASSWORD },
  changeMe: { name: 'Ada King' },
  setUpSecondFactor: { password: PASSWORD },
  confirmSecondFactor: { code: '000000' },
};

const asPerson =
  (method: 'GET' | 'PATCH' | 'DELETE', path: string): Provoke =>
  async ({ person }) => {
    const { access_token: token } = await person.signedIn();
    return person.send({ method, path, token, ...(method === 'PATCH' && { body: { name: 'Ada King' } }) });
  };

async function resetToken(person: Person): Promise<string> {
  const { email } = await person.signedIn();
  await person.send({ method: 'POST', path: '/password-resets', body: { email } });
  return person.mailedToken(email, 2);
}

const SECOND_FACTOR = '/users/me/second-factor';

function setUp(person: Person, token: string): Promise<LightMyRequestResponse> {
  return person.send({ method: 'POST', path: SECOND_FACTOR, body: { password: PASSWORD }, token });
}

function remove(person: Person, token: string): Promise<LightMyRequestResponse> {
  return person.send({ method: 'DELETE', path: SECOND_FACTOR, token });
}

/** Somebody with a second factor, in the session that began without it. */
async function withSecondFactor(person: Person) {
  const { email, access_token: token } = await person.signedIn();
  const { secret } = (await setUp(person, token)).json<{ secret: string }>();
  const body = { code: codeAt(secret, systemClock.nowMs()) };
  const confirmed = await person.send({ method: 'POST', path: `${SECOND_FACTOR}/confirm`, body, token });
  return { email, access_token: token, confirmed };
}

/** The access token of a session that began with a code. */
export async function signedInWithCode(person: Person): Promise<string> {
  const { email, confirmed } = await withSecondFactor(person);
  const [code] = confirmed.json<{ recovery_codes: string[] }>().recovery_codes;
  const answer = await person.send({ method: 'POST', path: '/sessions', body: { email, password: PASSWORD, code } });
  return answer.json<{ access_token: string }>().access_token;
}

export const accountCases: Cases = {
  signUp: {
    202: ({ person }) => person.send({ method: 'POST', path: '/sign-ups', body: { ...NOBODY, name: 'Nobody' } }),
    422: ({ person }) => person.send({ method: 'POST', path: '/sign-ups', body: { ...NOBODY, password: 'short', name: 'Nobody' } }),
    429: ({ person }) =>
      untilTooMany(person, { path: '/sign-ups', body: { email: 'often@example.org', password: PASSWORD, name: 'Often' }, max: 10 }),
  },
  verifyEmail: {
    201: async ({ person }) => {
      const { token } = await person.signedUp();
      return person.send({ method: 'POST', path: '/sign-ups/verify', body: { token, password: PASSWORD } });
    },
    401: async ({ person }) => {
      const { token } = await person.signedUp();
      return person.send({ method: 'POST', path: '/sign-ups/verify', body: { token, password: 'not that one' } });
    },
    422: ({ person }) => person.send({ method: 'POST', path: '/sign-ups/verify', body: { token: 'mlt_other', password: PASSWORD } }),
    429: ({ person }) => untilTooMany(person, { path: '/sign-ups/verify', body: { token: 'mlt_guessed', password: PASSWORD }, max: 110 }),
  },
  signIn: {
    201: async ({ person }) => {
      const { email } = await person.signedIn();
      return person.send({ method: 'POST', path: '/sessions', body: { email, password: PASSWORD } });
    },
    429: ({ person }) => untilTooMany(person, { path: '/sessions', body: { email: 'guessed@example.org', password: PASSWORD }, max: 30 }),
  },
  refreshSession: {
    200: async ({ person }) => {
      const { refresh_token: token } = await person.signedIn();
      return person.send({ method: 'POST', path: '/sessions/refresh', body: { refresh_token: token } });
    },
    429: async ({ person }) => {
      const refresh = (token: string) => person.send({ method: 'POST', path: '/sessions/refresh', body: { refresh_token: token } });
      let answer = await refresh((await person.signedIn()).refresh_token);
      for (let count = 0; count < 130 && answer.statusCode === 200; count += 1) {
        answer = await refresh(answer.json<{ refresh_token: string }>().refresh_token);
      }
      return answer;
    },
  },
  requestPasswordReset: {
    202: ({ person }) => person.send({ method: 'POST', path: '/password-resets', body: { email: NOBODY.email } }),
    429: ({ person }) => untilTooMany(person, { path: '/password-resets', body: { email: 'asked@example.org' }, max: 10 }),
  },
  resetPassword: {
    204: async ({ person }) => {
      const token = await resetToken(person);
      return person.send({ method: 'POST', path: '/password-resets/confirm', body: { token, password: 'another walk by the sea' } });
    },
    422: ({ person }) =>
      person.send({ method: 'POST', path: '/password-resets/confirm', body: { token: 'mlt_other', password: PASSWORD } }),
    429: ({ person }) =>
      untilTooMany(person, { path: '/password-resets/confirm', body: { token: 'mlt_guessed', password: PASSWORD }, max: 110 }),
  },
  changeMe: { 200: asPerson('PATCH', '/users/me') },
  listSessions: { 200: asPerson('GET', '/users/me/sessions') },
  endSession: {
    204: async ({ person }) => {
      const { access_token: token, session_id: id } = await person.signedIn();
      return person.send({ method: 'DELETE', path: `/users/me/sessions/${id}`, token });
    },
    404: asPerson('DELETE', '/users/me/sessions/ses_01kjw8x9v3e8aa7m2zq5r4t6yb'),
  },
  setUpSecondFactor: {
    201: ({ person }) => person.signedIn().then((one) => setUp(person, one.access_token)),
    403: async ({ person }) => setUp(person, (await withPasskey(person)).access_token),
    409: async ({ person }) => setUp(person, (await withSecondFactor(person)).access_token),
    429: async ({ person }) => {
      const { access_token: token } = await person.signedIn();
      return untilTooMany(person, { path: SECOND_FACTOR, body: { password: 'a guess' }, max: 20, token });
    },
  },
  confirmSecondFactor: {
    200: async ({ person }) => (await withSecondFactor(person)).confirmed,
    403: async ({ person }) => {
      const { access_token: token } = await person.signedIn();
      await setUp(person, token);
      await givePasskey(person, token);
      return person.send({ method: 'POST', path: `${SECOND_FACTOR}/confirm`, body: { code: '000000' }, token });
    },
    409: async ({ person }) => {
      const { access_token: token } = await person.signedIn();
      return person.send({ method: 'POST', path: `${SECOND_FACTOR}/confirm`, body: { code: '000000' }, token });
    },
    422: async ({ person }) => {
      const { access_token: token } = await person.signedIn();
      await setUp(person, token);
      return person.send({ method: 'POST', path: `${SECOND_FACTOR}/confirm`, body: { code: 'not one' }, token });
    },
    429: async ({ person }) => {
      const { access_token: token } = await person.signedIn();
      await setUp(person, token);
      return untilTooMany(person, { path: `${SECOND_FACTOR}/confirm`, body: { code: 'not one' }, max: 20, token });
    },
  },
  removeSecondFactor: {
    204: async ({ person }) => remove(person, await signedInWithCode(person)),
    403: async ({ person }) => remove(person, (await withSecondFactor(person)).access_token),
    409: async ({ person }) => remove(person, (await person.signedIn()).access_token),
  },
  endAllSessions: { 204: asPerson('DELETE', '/users/me/sessions') },
};
