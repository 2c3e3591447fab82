import type { LightMyRequestResponse } from 'fastify';
import type { Person } from './person.ts';
import { PASSWORD } from './person.ts';
import type { Cases } from './provoke.ts';
import { untilTooMany } from './until-too-many.ts';
import { addPasskey, answerOfDevice, askForPasskey, PASSKEYS, showPasskey, signedInWithPasskey, withPasskey } from './with-passkey.ts';

const envelope = { id: 'AAAA', type: 'public-key' };
const unknown = {
  newPasskey: { ...envelope, response: { clientDataJSON: 'AAAA', attestationObject: 'AAAA' } },
  shown: { ...envelope, response: { clientDataJSON: 'AAAA', authenticatorData: 'AAAA', signature: 'AAAA', userHandle: 'AAAA' } },
};

/** What these operations take, where nothing must exist for it. */
export const passkeyPayloads: Readonly<Record<string, object>> = {
  askForPasskey: { password: PASSWORD },
  addPasskey: { name: 'Telephone', credential: unknown.newPasskey },
  askForPasskeySignIn: {},
  signInWithPasskey: { credential: unknown.shown },
};

const PASSKEYS_MAX = 20;

/** Somebody with as many as there may be, in a session that began with one, and an answer that was asked for before. */
async function withAll(person: Person) {
  const { token } = await signedInWithPasskey(person);
  const more = await answerOfDevice(person, token);
  let last: LightMyRequestResponse | null = null;
  for (let count = 1; count < PASSKEYS_MAX; count += 1) last = await addPasskey(person, token, await answerOfDevice(person, token));
  return { token, more, last };
}

export const passkeyCases: Cases = {
  askForPasskey: {
    201: async ({ person }) => askForPasskey(person, (await person.signedIn()).access_token),
    403: async ({ person }) => askForPasskey(person, (await withPasskey(person)).access_token),
    409: async ({ person }) => askForPasskey(person, (await withAll(person)).token),
    429: async ({ person }) => {
      const { access_token: token } = await person.signedIn();
      return untilTooMany(person, { path: `${PASSKEYS}/challenges`, body: { password: 'a guess' }, max: 20, token });
    },
  },
  addPasskey: {
    201: async ({ person }) => {
      const { access_token: token } = await person.signedIn();
      return addPasskey(person, token, await answerOfDevice(person, token));
    },
    403: async ({ person }) => {
      const { access_token: token } = await person.signedIn();
      const [first, second] = [await answerOfDevice(person, token), await answerOfDevice(person, token)];
      await addPasskey(person, token, first);
      return addPasskey(person, token, second);
    },
    409: async ({ person }) => {
      const { token, more } = await withAll(person);
      return addPasskey(person, token, more);
    },
    422: async ({ person }) => {
      const { access_token: token } = await person.signedIn();
      return addPasskey(person, token, { name: 'Telephone', credential: unknown.newPasskey });
    },
  },
  listPasskeys: {
    200: async ({ person }) => person.send({ method: 'GET', path: PASSKEYS, token: (await signedInWithPasskey(person)).token }),
  },
  removePasskey: {
    204: async ({ person }) => {
      const { token, id } = await signedInWithPasskey(person);
      return person.send({ method: 'DELETE', path: `${PASSKEYS}/${id}`, token });
    },
    403: async ({ person }) => {
      const { access_token: token, id } = await withPasskey(person);
      return person.send({ method: 'DELETE', path: `${PASSKEYS}/${id}`, token });
    },
    404: async ({ person }) => {
      const { token } = await signedInWithPasskey(person);
      return person.send({ method: 'DELETE', path: `${PASSKEYS}/psk_01kjw8x9v3e8aa7m2zq5r4t6yb`, token });
    },
  },
  askForPasskeySignIn: {
    201: ({ person }) => person.send({ method: 'POST', path: '/sessions/passkey-challenges', body: {} }),
    429: ({ person }) => untilTooMany(person, { path: '/sessions/passkey-challenges', body: {}, max: 310 }),
  },
  signInWithPasskey: {
    201: async ({ person }) => showPasskey(person, (await withPasskey(person)).device),
    429: ({ person }) => untilTooMany(person, { path: '/sessions/passkeys', body: { credential: unknown.shown }, max: 110 }),
  },
};
