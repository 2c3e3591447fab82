import type { LightMyRequestResponse } from 'fastify';
import type { Cases, Provoke } from './provoke.ts';
import { freshAddress, PASSWORD, type Person } from './person.ts';

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
};

const asPerson =
  (method: 'GET' | 'PATCH' | 'DELETE', path: string): Provoke =>
  async ({ person }) => {
    const { access_token: token } = await person.signedIn();
    return person.send({ method, path, token, ...(method === 'PATCH' && { body: { name: 'Ada King' } }) });
  };

/** Sends until it is refused for its number. */
async function untilTooMany(person: Person, path: string, body: object, max: number): Promise<LightMyRequestResponse> {
  const from = freshAddress();
  let answer = await person.send({ method: 'POST', path, body, from });
  for (let count = 0; count < max && answer.statusCode !== 429; count += 1)
    answer = await person.send({ method: 'POST', path, body, from });
  return answer;
}

async function resetToken(person: Person): Promise<string> {
  const { email } = await person.signedIn();
  await person.send({ method: 'POST', path: '/password-resets', body: { email } });
  return person.mailedToken(email, 2);
}

export const accountCases: Cases = {
  signUp: {
    202: ({ person }) => person.send({ method: 'POST', path: '/sign-ups', body: { ...NOBODY, name: 'Nobody' } }),
    422: ({ person }) => person.send({ method: 'POST', path: '/sign-ups', body: { ...NOBODY, password: 'short', name: 'Nobody' } }),
    429: ({ person }) => untilTooMany(person, '/sign-ups', { email: 'often@example.org', password: PASSWORD, name: 'Often' }, 10),
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
    429: ({ person }) => untilTooMany(person, '/sign-ups/verify', { token: 'mlt_guessed', password: PASSWORD }, 30),
  },
  signIn: {
    201: async ({ person }) => {
      const { email } = await person.signedIn();
      return person.send({ method: 'POST', path: '/sessions', body: { email, password: PASSWORD } });
    },
    429: ({ person }) => untilTooMany(person, '/sessions', { email: 'guessed@example.org', password: PASSWORD }, 30),
  },
  refreshSession: {
    200: async ({ person }) => {
      const { refresh_token: token } = await person.signedIn();
      return person.send({ method: 'POST', path: '/sessions/refresh', body: { refresh_token: token } });
    },
  },
  requestPasswordReset: {
    202: ({ person }) => person.send({ method: 'POST', path: '/password-resets', body: { email: NOBODY.email } }),
    429: ({ person }) => untilTooMany(person, '/password-resets', { email: 'asked@example.org' }, 10),
  },
  resetPassword: {
    204: async ({ person }) => {
      const token = await resetToken(person);
      return person.send({ method: 'POST', path: '/password-resets/confirm', body: { token, password: 'another walk by the sea' } });
    },
    422: ({ person }) =>
      person.send({ method: 'POST', path: '/password-resets/confirm', body: { token: 'mlt_other', password: PASSWORD } }),
    429: ({ person }) => untilTooMany(person, '/password-resets/confirm', { token: 'mlt_guessed', password: PASSWORD }, 110),
  },
  readMe: { 200: asPerson('GET', '/users/me') },
  changeMe: { 200: asPerson('PATCH', '/users/me') },
  listSessions: { 200: asPerson('GET', '/users/me/sessions') },
  endSession: {
    204: async ({ person }) => {
      const { access_token: token, session_id: id } = await person.signedIn();
      return person.send({ method: 'DELETE', path: `/users/me/sessions/${id}`, token });
    },
    404: asPerson('DELETE', '/users/me/sessions/ses_01kjw8x9v3e8aa7m2zq5r4t6yb'),
  },
  endAllSessions: { 204: asPerson('DELETE', '/users/me/sessions') },
};
