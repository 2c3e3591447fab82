import type { LightMyRequestResponse } from 'fastify';
import { newHouse, newMember, weakKey } from './organization-cases.ts';
import type { Cases, Provoke } from './provoke.ts';
import type { Stage } from './stage.ts';

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/** What these operations take, where nothing must exist for it. */
export const wordsPayloads: Readonly<Record<string, object>> = {
  changeProfile: { website: 'https://house.example' },
  createVenue: { name: 'Hall', city: 'Graz', time_zone: 'Europe/Vienna' },
  changeVenue: { name: 'Hall' },
  changeEvent: { title: 'Evening' },
  createQuestion: { label: 'Meal', kind: 'text' },
  changeQuestion: { label: 'Meal' },
};

/** A house with an event, a venue and a question, and how its people ask. */
type Scene = {
  send(method: Method, path: string, options?: Sent): Promise<LightMyRequestResponse>;
  paths: Record<'venue' | 'event' | 'question', string>;
};
type Sent = { body?: object | undefined; as?: 'owner' | 'scanner' | 'stranger' | 'weakKey'; key?: string; ifMatch?: string };

async function setScene(stage: Stage): Promise<Scene> {
  const { person, real } = stage;
  const house = await newHouse(person);
  const event = `/events/${await stage.eventOf(house.id)}`;
  const tokenOf = async (as: Sent['as']) => {
    if (as === 'stranger') return (await person.signedIn()).access_token;
    if (as === 'weakKey') return weakKey(person, house);
    return as === 'scanner' ? (await newMember(person, house)).access_token : house.owner.access_token;
  };
  const send: Scene['send'] = async (method, path, { body, as, key, ifMatch } = {}) =>
    real.inject({
      method,
      url: `/api/v1/organizations/${house.id}${path}`,
      headers: {
        authorization: `Bearer ${await tokenOf(as)}`,
        ...(key !== undefined && { 'idempotency-key': key }),
        ...(ifMatch !== undefined && { 'if-match': ifMatch }),
      },
      ...(body !== undefined && { payload: body }),
    });
  const made = async (path: string, operationId: string) =>
    `${path}/${(await send('POST', path, { body: wordsPayloads[operationId] })).json<{ id: string }>().id}`;
  const paths = { event, venue: await made('/venues', 'createVenue'), question: await made(`${event}/questions`, 'createQuestion') };
  return { send, paths };
}

type Ask = { operationId: string; method: Method; path: (paths: Scene['paths']) => string };

const ask =
  ({ operationId, method, path }: Ask, sent: Sent = {}): Provoke =>
  async (stage) => {
    const { send, paths } = await setScene(stage);
    return send(method, path(paths), { body: wordsPayloads[operationId], ...sent });
  };

/** What every route for members answers: with `ok` who may, 403 who may not, 404 whoever is no member. */
const ofMembers = (operation: Ask, ok: number): Readonly<Record<number, Provoke>> => {
  return {
    [ok]: ask(operation),
    // Every role may read; a key without the scope may not.
    403: ask(operation, { as: operation.method === 'GET' ? 'weakKey' : 'scanner' }),
    404: ask(operation, { as: 'stranger' }),
  };
};

const twice =
  (operation: Ask, second: object): Provoke =>
  async (stage) => {
    const { send, paths } = await setScene(stage);
    const url = operation.path(paths);
    const body = wordsPayloads[operation.operationId];
    await send(operation.method, url, { body, key: 'twice' });
    return send(operation.method, url, { body: { ...body, ...second }, key: 'twice' });
  };

/** More than there may be. */
const tooMany =
  (operation: Ask, most: number): Provoke =>
  async (stage) => {
    const { send, paths } = await setScene(stage);
    const url = operation.path(paths);
    const body = wordsPayloads[operation.operationId];
    let answer = await send('POST', url, { body });
    for (let made = 1; made <= most && answer.statusCode === 201; made += 1) answer = await send('POST', url, { body });
    return answer;
  };

const CREATE_VENUE: Ask = { operationId: 'createVenue', method: 'POST', path: () => '/venues' };
const CREATE_QUESTION: Ask = { operationId: 'createQuestion', method: 'POST', path: ({ event }) => `${event}/questions` };
const CHANGE_EVENT: Ask = { operationId: 'changeEvent', method: 'PATCH', path: ({ event }) => event };

export const wordsCases: Cases = {
  listPictures: { 200: (stage) => stage.real.inject('/api/v1/pictures') },
  readOrganizationBySlug: {
    200: (stage) => stage.real.inject('/api/v1/organizations/by-slug/house'),
    304: async (stage) => {
      const url = '/api/v1/organizations/by-slug/house';
      const first = await stage.real.inject(url);
      return stage.real.inject({ method: 'GET', url, headers: { 'if-none-match': String(first.headers.etag) } });
    },
    404: (stage) => stage.real.inject('/api/v1/organizations/by-slug/nobody'),
  },
  changeProfile: ofMembers({ operationId: 'changeProfile', method: 'PATCH', path: () => '/profile' }, 200),
  listVenues: ofMembers({ operationId: 'listVenues', method: 'GET', path: () => '/venues' }, 200),
  createVenue: {
    ...ofMembers(CREATE_VENUE, 201),
    200: twice(CREATE_VENUE, {}),
    409: tooMany(CREATE_VENUE, 200),
    422: twice(CREATE_VENUE, { name: 'Other' }),
  },
  readVenue: ofMembers({ operationId: 'readVenue', method: 'GET', path: ({ venue }) => venue }, 200),
  changeVenue: ofMembers({ operationId: 'changeVenue', method: 'PATCH', path: ({ venue }) => venue }, 200),
  archiveVenue: ofMembers({ operationId: 'archiveVenue', method: 'DELETE', path: ({ venue }) => venue }, 204),
  listOrganizerEvents: ofMembers({ operationId: 'listOrganizerEvents', method: 'GET', path: () => '/events' }, 200),
  readOrganizerEvent: ofMembers({ operationId: 'readOrganizerEvent', method: 'GET', path: ({ event }) => event }, 200),
  changeEvent: { ...ofMembers(CHANGE_EVENT, 200), 412: ask(CHANGE_EVENT, { ifMatch: '"another"' }) },
  listQuestions: ofMembers({ operationId: 'listQuestions', method: 'GET', path: ({ event }) => `${event}/questions` }, 200),
  createQuestion: {
    ...ofMembers(CREATE_QUESTION, 201),
    200: twice(CREATE_QUESTION, {}),
    409: tooMany(CREATE_QUESTION, 50),
    422: twice(CREATE_QUESTION, { label: 'Other' }),
  },
  changeQuestion: ofMembers({ operationId: 'changeQuestion', method: 'PATCH', path: ({ question }) => question }, 200),
  archiveQuestion: ofMembers({ operationId: 'archiveQuestion', method: 'DELETE', path: ({ question }) => question }, 204),
};
