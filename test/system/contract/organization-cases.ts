import type { LightMyRequestResponse } from 'fastify';
import { freshAddress, type Person, type Tokens } from './person.ts';
import type { Cases, Provoke } from './provoke.ts';

export type House = { id: string; owner: Tokens & { email: string }; ownerId: string };
type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/** What these operations take, where nothing must exist for it. */
export const organizationPayloads: Readonly<Record<string, object>> = {
  createOrganization: { name: 'House', slug: 'a-house' },
  changeOrganization: { name: 'House' },
  changeMember: { role: 'scanner' },
  inviteMember: { email: 'somebody@example.org', role: 'scanner' },
  acceptInvitation: { token: 'inv_unknown' },
};

let count = 0;

export async function newHouse(person: Person): Promise<House> {
  count += 1;
  const owner = await person.signedIn();
  const body = { name: 'House', slug: `house-of-${count}` };
  const answer = await person.send({ method: 'POST', path: '/organizations', body, token: owner.access_token });
  const me = await person.send({ method: 'GET', path: '/users/me', token: owner.access_token });
  return { id: answer.json<{ id: string }>().id, owner, ownerId: me.json<{ id: string }>().id };
}

function invite(person: Person, { id, owner }: House, email: string, role = 'scanner'): Promise<LightMyRequestResponse> {
  return person.send({ method: 'POST', path: `/organizations/${id}/invitations`, body: { email, role }, token: owner.access_token });
}

/** Somebody with that role, who has taken it. */
/** A key of the organization that may do next to nothing. */
export async function weakKey(person: Person, { id, owner }: Pick<House, 'id' | 'owner'>): Promise<string> {
  const body = { name: 'A key', scopes: ['organization.read'] };
  const made = await person.send({ method: 'POST', path: `/organizations/${id}/api-keys`, body, token: owner.access_token });
  return made.json<{ token: string }>().token;
}

export async function newMember(person: Person, house: House): Promise<Tokens & { personId: string }> {
  const someone = await person.signedIn();
  await invite(person, house, someone.email);
  const token = await person.invitedToken(someone.email);
  await person.send({ method: 'POST', path: '/invitations/accept', body: { token }, token: someone.access_token });
  const me = await person.send({ method: 'GET', path: '/users/me', token: someone.access_token });
  return { ...someone, personId: me.json<{ id: string }>().id };
}

type Ask = { method: Method; path: (house: House) => string; operationId: string };

const asOwner =
  ({ method, path, operationId }: Ask): Provoke =>
  async ({ person }) => {
    const house = await newHouse(person);
    const body = organizationPayloads[operationId];
    return person.send({ method, path: path(house), token: house.owner.access_token, ...(body && { body }) });
  };

/** A scanner may not. */
const asScanner =
  ({ method, path, operationId }: Ask): Provoke =>
  async ({ person }) => {
    const house = await newHouse(person);
    const { access_token: token } = await newMember(person, house);
    const body = organizationPayloads[operationId];
    return person.send({ method, path: path(house), token, ...(body && { body }) });
  };

const asStranger =
  ({ method, path, operationId }: Ask): Provoke =>
  async ({ person }) => {
    const house = await newHouse(person);
    const { access_token: token } = await person.signedIn();
    const body = organizationPayloads[operationId];
    return person.send({ method, path: path(house), token, ...(body && { body }) });
  };

const asKeyWithoutScopes =
  ({ method, path }: Ask): Provoke =>
  async ({ person }) => {
    const house = await newHouse(person);
    const body = { name: 'A key', scopes: [] };
    const made = await person.send({ method: 'POST', path: `/organizations/${house.id}/api-keys`, body, token: house.owner.access_token });
    return person.send({ method, path: path(house), token: made.json<{ token: string }>().token });
  };

const ask = (operationId: string, method: Method, rest: string): Ask => ({
  operationId,
  method,
  path: ({ id, ownerId }) => `/organizations/${id}${rest.replace('{owner}', ownerId)}`,
});

const READ = ask('readOrganization', 'GET', '');
const CHANGE = ask('changeOrganization', 'PATCH', '');
const MEMBERS = ask('listMembers', 'GET', '/members');
const CHANGE_OWNER = ask('changeMember', 'PATCH', '/members/{owner}');
const REMOVE_OWNER = ask('removeMember', 'DELETE', '/members/{owner}');
const INVITE = ask('inviteMember', 'POST', '/invitations');
const INVITATIONS = ask('listInvitations', 'GET', '/invitations');
const WITHDRAW = ask('withdrawInvitation', 'DELETE', '/invitations/inv_01kjw8x9v3e8aa7m2zq5r4t6yb');
const PURGE = ask('purgeTestData', 'DELETE', '/test-data');
const ACTIONS = ask('listActions', 'GET', '/actions');

const found =
  (...slugs: readonly string[]): Provoke =>
  async ({ person }) => {
    const { access_token: token } = await person.signedIn();
    count += 1;
    let answer: LightMyRequestResponse | null = null;
    for (const slug of slugs) {
      const body = { name: 'House', slug: `${slug}-${count}` };
      answer = await person.send({ method: 'POST', path: '/organizations', body, token, key: 'founding', from: freshAddress() });
    }
    return answer!;
  };

export const organizationCases: Cases = {
  createOrganization: {
    200: found('twice', 'twice'),
    201: found('once'),
    409: async (stage) => {
      const { access_token: token } = await stage.person.signedIn();
      const body = { name: 'House', slug: 'taken' };
      await stage.person.send({ method: 'POST', path: '/organizations', body, token });
      return stage.person.send({ method: 'POST', path: '/organizations', body, token });
    },
    422: found('one', 'another'),
  },
  listOwnOrganizations: {
    200: async ({ person }) => person.send({ method: 'GET', path: '/organizations', token: (await newHouse(person)).owner.access_token }),
  },
  readOrganization: { 200: asOwner(READ), 403: asKeyWithoutScopes(READ), 404: asStranger(READ) },
  changeOrganization: { 200: asOwner(CHANGE), 403: asScanner(CHANGE), 404: asStranger(CHANGE) },
  listMembers: { 200: asOwner(MEMBERS), 403: asScanner(MEMBERS), 404: asStranger(MEMBERS) },
  changeMember: {
    200: async ({ person }) => {
      const house = await newHouse(person);
      const { personId } = await newMember(person, house);
      const path = `/organizations/${house.id}/members/${personId}`;
      return person.send({ method: 'PATCH', path, body: { role: 'manager' }, token: house.owner.access_token });
    },
    403: asScanner(CHANGE_OWNER),
    404: asStranger(CHANGE_OWNER),
    409: asOwner(CHANGE_OWNER),
  },
  removeMember: {
    204: async ({ person }) => {
      const house = await newHouse(person);
      const { personId, access_token: token } = await newMember(person, house);
      return person.send({ method: 'DELETE', path: `/organizations/${house.id}/members/${personId}`, token });
    },
    403: asScanner(REMOVE_OWNER),
    404: asStranger(REMOVE_OWNER),
    409: asOwner(REMOVE_OWNER),
  },
  inviteMember: {
    201: asOwner(INVITE),
    403: asScanner(INVITE),
    404: asStranger(INVITE),
    409: async ({ person }) => {
      const house = await newHouse(person);
      let answer = await invite(person, house, 'guest-0@example.org');
      for (let guest = 1; guest < 110 && answer.statusCode === 201; guest += 1) {
        answer = await invite(person, house, `guest-${guest}@example.org`);
      }
      return answer;
    },
  },
  listInvitations: { 200: asOwner(INVITATIONS), 403: asScanner(INVITATIONS), 404: asStranger(INVITATIONS) },
  withdrawInvitation: {
    204: async ({ person }) => {
      const house = await newHouse(person);
      const { id } = (await invite(person, house, 'guest@example.org')).json<{ id: string }>();
      return person.send({ method: 'DELETE', path: `/organizations/${house.id}/invitations/${id}`, token: house.owner.access_token });
    },
    403: asScanner(WITHDRAW),
    404: asOwner(WITHDRAW),
  },
  acceptInvitation: {
    200: async ({ person }) => {
      const house = await newHouse(person);
      const someone = await person.signedIn();
      await invite(person, house, someone.email);
      const body = { token: await person.invitedToken(someone.email) };
      return person.send({ method: 'POST', path: '/invitations/accept', body, token: someone.access_token });
    },
    409: async ({ person }) => {
      const house = await newHouse(person);
      await invite(person, house, house.owner.email);
      const body = { token: await person.invitedToken(house.owner.email) };
      return person.send({ method: 'POST', path: '/invitations/accept', body, token: house.owner.access_token });
    },
    422: async ({ person }) => {
      const { access_token: token } = await person.signedIn();
      return person.send({ method: 'POST', path: '/invitations/accept', body: { token: 'inv_other' }, token });
    },
  },
  purgeTestData: { 200: asOwner(PURGE), 403: asScanner(PURGE), 404: asStranger(PURGE) },
  listActions: { 200: asOwner(ACTIONS), 403: asScanner(ACTIONS), 404: asStranger(ACTIONS) },
};
