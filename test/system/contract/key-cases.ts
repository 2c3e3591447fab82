import type { LightMyRequestResponse } from 'fastify';
import { newHouse, newMember } from './organization-cases.ts';
import { freshAddress, PASSWORD, type Person } from './person.ts';
import type { Cases, Provoke } from './provoke.ts';

const KEY = { name: 'A key', scopes: ['organization.read'] };
const OWN = '/users/me/api-keys';
const KEYS_MAX = 50;

/** What these operations take. */
export const keyPayloads: Readonly<Record<string, object>> = {
  createPersonalKey: { ...KEY, password: PASSWORD },
  createOrganizationKey: KEY,
};

type Send = { path: string; body: object; token: string };

const post = (person: Person, request: Send) => person.send({ method: 'POST', ...request });

/** Makes keys until it is refused. */
async function untilRefused(person: Person, request: Send): Promise<LightMyRequestResponse> {
  let answer = await post(person, request);
  for (let count = 0; count < KEYS_MAX && answer.statusCode === 201; count += 1) answer = await post(person, request);
  return answer;
}

const own =
  (method: 'GET' | 'POST', body?: object): Provoke =>
  async ({ person }) => {
    const { access_token: token } = await person.signedIn();
    return person.send({ method, path: OWN, token, ...(body && { body }) });
  };

/** As the owner, a member who may not, or somebody else. */
const ofHouse =
  (who: 'owner' | 'scanner' | 'stranger', method: 'GET' | 'POST' | 'DELETE', rest = ''): Provoke =>
  async ({ person }) => {
    const house = await newHouse(person);
    const asking = { owner: async () => house.owner, scanner: () => newMember(person, house), stranger: () => person.signedIn() };
    const { access_token: token } = await asking[who]();
    return person.send({ method, path: `/organizations/${house.id}/api-keys${rest}`, token, ...(method === 'POST' && { body: KEY }) });
  };

const UNKNOWN = '/key_01kjw8x9v3e8aa7m2zq5r4t6yb';

export const keyCases: Cases = {
  listPersonalKeys: { 200: own('GET') },
  createPersonalKey: {
    201: own('POST', keyPayloads['createPersonalKey']),
    409: async ({ person }) => {
      const { access_token: token } = await person.signedIn();
      return untilRefused(person, { path: OWN, body: keyPayloads['createPersonalKey']!, token });
    },
    429: async ({ person }) => {
      const { access_token: token } = await person.signedIn();
      const request = { method: 'POST', path: OWN, body: { ...KEY, password: 'a wrong one' }, token, from: freshAddress() } as const;
      let answer = await person.send(request);
      for (let count = 0; count < 30 && answer.statusCode !== 429; count += 1) answer = await person.send(request);
      return answer;
    },
  },
  revokePersonalKey: {
    204: async ({ person }) => {
      const { access_token: token } = await person.signedIn();
      const { id } = (await post(person, { path: OWN, body: keyPayloads['createPersonalKey']!, token })).json<{ id: string }>();
      return person.send({ method: 'DELETE', path: `${OWN}/${id}`, token });
    },
    404: async ({ person }) => person.send({ method: 'DELETE', path: `${OWN}${UNKNOWN}`, token: (await person.signedIn()).access_token }),
  },
  listOrganizationKeys: { 200: ofHouse('owner', 'GET'), 403: ofHouse('scanner', 'GET'), 404: ofHouse('stranger', 'GET') },
  createOrganizationKey: {
    201: ofHouse('owner', 'POST'),
    403: ofHouse('scanner', 'POST'),
    404: ofHouse('stranger', 'POST'),
    409: async ({ person }) => {
      const { id, owner } = await newHouse(person);
      return untilRefused(person, { path: `/organizations/${id}/api-keys`, body: KEY, token: owner.access_token });
    },
  },
  revokeOrganizationKey: {
    204: async ({ person }) => {
      const { id: house, owner } = await newHouse(person);
      const token = owner.access_token;
      const path = `/organizations/${house}/api-keys`;
      const { id } = (await post(person, { path, body: KEY, token })).json<{ id: string }>();
      return person.send({ method: 'DELETE', path: `${path}/${id}`, token });
    },
    403: ofHouse('scanner', 'DELETE', UNKNOWN),
    404: ofHouse('owner', 'DELETE', UNKNOWN),
  },
  readMe: {
    200: async ({ person }) => person.send({ method: 'GET', path: '/users/me', token: (await person.signedIn()).access_token }),
    403: async ({ person }) => {
      const { id, owner } = await newHouse(person);
      const made = await post(person, { path: `/organizations/${id}/api-keys`, body: KEY, token: owner.access_token });
      return person.send({ method: 'GET', path: '/users/me', token: made.json<{ token: string }>().token });
    },
  },
};
