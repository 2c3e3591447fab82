import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { compose, type App } from '../../apps/server/src/compose.ts';
import { loadConfig } from '../../apps/server/src/config.ts';
import type { Mail } from '../../apps/server/src/engines/mail/index.ts';
import { openDb, type Db } from '../../apps/server/src/platform/db/index.ts';
import { parseId } from '../../apps/server/src/platform/ids/index.ts';
import { createDatabase, type TestDatabase } from '../support/database.ts';
import { buildPerson, type Person, type Tokens } from './contract/person.ts';

const ROLES = ['owner', 'admin', 'manager', 'box_office', 'scanner', 'analyst'] as const;
type Role = (typeof ROLES)[number];
type Someone = Tokens & { email: string; id: string };

let database: TestDatabase;
let app: App;
let db: Db;
let person: Person;

before(async () => {
  database = await createDatabase();
  db = openDb({ url: database.url, poolMax: 2, onError: () => {} });
  const mails: Mail[] = [];
  const mailer = { send: async (mail: Mail) => void mails.push(mail) };
  const secrets = { serverKey: Buffer.alloc(32, 6), internalSecret: null };
  const urls = { url: database.url, directUrl: database.url };
  app = await compose({ config: loadConfig({ LOG_LEVEL: 'silent' }), database: urls, secrets, mailer });
  person = buildPerson(app.server, mails);
  invitationIn = (email) => /inv_\S+/.exec(mails.findLast((mail) => mail.to === email)?.text ?? '')?.[0] ?? '';
});
after(async () => {
  await app.close();
  await db.close();
  await database.close();
});

let invitationIn: (email: string) => string;
let count = 0;

const send = (someone: { access_token: string } | null, method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: object) =>
  person.send({ method, path, ...(someone && { token: someone.access_token }), ...(body && { body }) });

async function newPerson(): Promise<Someone> {
  const tokens = await person.signedIn();
  return { ...tokens, id: (await send(tokens, 'GET', '/users/me')).json<{ id: string }>().id };
}

async function found(founder: Someone): Promise<string> {
  count += 1;
  const answer = await send(founder, 'POST', '/organizations', { name: `House ${count}`, slug: `house-${count}` });
  assert.equal(answer.statusCode, 201, answer.body);
  return answer.json<{ id: string }>().id;
}

async function joinAs(organization: string, by: Someone, role: Role): Promise<Someone> {
  const someone = await newPerson();
  const invited = await send(by, 'POST', `/organizations/${organization}/invitations`, { email: someone.email, role });
  assert.equal(invited.statusCode, 201, invited.body);
  const accepted = await send(someone, 'POST', '/invitations/accept', { token: invitationIn(someone.email) });
  assert.equal(accepted.statusCode, 200, accepted.body);
  return someone;
}

const rolesIn = async (organization: string, by: Someone) =>
  (await send(by, 'GET', `/organizations/${organization}/members`)).json<{ data: { person_id: string; role: Role }[] }>().data;

test('sign-up, organization, invitation, role change, removal', async () => {
  const ada = await newPerson();
  const organization = await found(ada);
  const grace = await joinAs(organization, ada, 'manager');
  assert.deepEqual(
    (await rolesIn(organization, ada)).map(({ person_id: id, role }) => [id, role]),
    [
      [ada.id, 'owner'],
      [grace.id, 'manager'],
    ],
  );
  const own = (await send(grace, 'GET', '/organizations')).json<{ data: object[] }>();
  assert.deepEqual(own.data, [{ id: organization, name: `House ${count}`, slug: `house-${count}`, role: 'manager' }]);
  const changed = await send(ada, 'PATCH', `/organizations/${organization}/members/${grace.id}`, { role: 'admin' });
  assert.equal(changed.json<{ role: string }>().role, 'admin');
  assert.equal((await send(grace, 'PATCH', `/organizations/${organization}`, { name: 'The House' })).statusCode, 200);
  assert.equal((await send(ada, 'DELETE', `/organizations/${organization}/members/${grace.id}`)).statusCode, 204);
  assert.equal((await send(grace, 'GET', `/organizations/${organization}`)).statusCode, 404, 'from the next request on');
  const actions = (await send(ada, 'GET', `/organizations/${organization}/actions`)).json<{
    data: { what: string; before: unknown; after: unknown }[];
  }>();
  assert.deepEqual(
    actions.data.map(({ what, before: was, after: is }) => [what, was, is]),
    [
      ['member.removed', { role: 'admin' }, null],
      ['organization.changed', { name: `House ${count}` }, { name: 'The House' }],
      ['member.changed', { role: 'manager' }, { role: 'admin' }],
      ['invitation.accepted', null, { role: 'manager' }],
      ['member.invited', null, { role: 'manager' }],
    ],
  );
});

describe('every route for members, with every role', () => {
  /** Written down here a second time, so that a change of the policy is a change of two places. */
  const ALLOWED: Readonly<Record<string, readonly Role[]>> = {
    readOrganization: ROLES,
    changeOrganization: ['owner', 'admin'],
    listMembers: ['owner', 'admin', 'manager'],
    changeMember: ['owner', 'admin'],
    removeMember: ['owner', 'admin'],
    inviteMember: ['owner', 'admin'],
    listInvitations: ['owner', 'admin', 'manager'],
    withdrawInvitation: ['owner', 'admin'],
    listActions: ['owner', 'admin', 'analyst'],
    changeProfile: ['owner', 'admin'],
    listVenues: ROLES,
    createVenue: ['owner', 'admin', 'manager'],
    readVenue: ROLES,
    changeVenue: ['owner', 'admin', 'manager'],
    archiveVenue: ['owner', 'admin', 'manager'],
    listOrganizerEvents: ROLES,
    readOrganizerEvent: ROLES,
    changeEvent: ['owner', 'admin', 'manager'],
    listQuestions: ROLES,
    createQuestion: ['owner', 'admin', 'manager'],
    changeQuestion: ['owner', 'admin', 'manager'],
    archiveQuestion: ['owner', 'admin', 'manager'],
  };
  const BODIES: Readonly<Record<string, object>> = {
    changeOrganization: { name: 'House' },
    changeMember: { role: 'scanner' },
    inviteMember: { email: 'somebody@example.org', role: 'scanner' },
    changeProfile: { website: 'https://house.example' },
    createVenue: { name: 'Hall', city: 'Graz', time_zone: 'Europe/Vienna' },
    changeVenue: { name: 'Hall' },
    changeEvent: { title: 'Evening' },
    createQuestion: { label: 'Meal', kind: 'text' },
    changeQuestion: { label: 'Meal' },
  };
  type Operation = { operationId: string };
  const paths = (
    JSON.parse(readFileSync(join(import.meta.dirname, '../../docs/openapi.json'), 'utf8')) as {
      paths: Record<string, Record<string, Operation>>;
    }
  ).paths;
  const operations = Object.entries(paths)
    .filter(([path]) => path.startsWith('/api/v1/organizations/{id}'))
    .flatMap(([path, methods]) => Object.entries(methods).map(([method, { operationId }]) => ({ path, method, operationId })));

  test('every route has its row', () => {
    assert.deepEqual(operations.map(({ operationId }) => operationId).sort(), Object.keys(ALLOWED).sort());
  });

  let organization: string;
  let subject: Someone;
  const members = new Map<Role, Someone>();
  before(async () => {
    const owner = await newPerson();
    organization = await found(owner);
    members.set('owner', owner);
    for (const role of ROLES.slice(1)) members.set(role, await joinAs(organization, owner, role));
    subject = await newPerson();
  });

  const ask = (someone: Someone | null, { path, method, operationId }: (typeof operations)[number]) => {
    const url = path
      .replace('/api/v1', '')
      .replace('{id}', organization)
      // Nobody and nothing: who may do it is told that it is not there.
      .replace('{person_id}', subject.id)
      .replace('{invitation_id}', 'inv_01kjw8x9v3e8aa7m2zq5r4t6yb')
      .replace('{venue_id}', 'ven_01kjw8x9v3e8aa7m2zq5r4t6yb')
      .replace('{event_id}', 'evt_01kjw8x9v3e8aa7m2zq5r4t6yb')
      .replace('{question_id}', `que_${'01kjw8x9v3e8aa7m2zq5r4t6yb'.repeat(2)}`);
    return send(someone, method.toUpperCase() as 'GET', url, BODIES[operationId]);
  };

  for (const operation of operations) {
    test(operation.operationId, async () => {
      for (const role of ROLES) {
        const { statusCode, body } = await ask(members.get(role)!, operation);
        // Whoever removes themselves may: of somebody who is no member they only hear that.
        const isRefused = statusCode === 403;
        const allowed = operation.operationId === 'removeMember' ? ROLES : ALLOWED[operation.operationId]!;
        assert.equal(isRefused, !allowed.includes(role), `${role}: ${statusCode} ${body}`);
        assert.ok(statusCode < 500 && statusCode !== 401 && statusCode !== 400, `${role}: ${statusCode} ${body}`);
      }
      assert.equal((await ask(subject, operation)).statusCode, 404, 'who is no member does not learn that it exists');
      assert.equal((await ask(null, operation)).statusCode, 401);
    });
  }

  test('only owners and admins remove others', async () => {
    for (const role of ROLES.slice(2)) {
      const victim = members.get(role === 'analyst' ? 'scanner' : 'analyst')!;
      const answer = await send(members.get(role)!, 'DELETE', `/organizations/${organization}/members/${victim.id}`);
      assert.equal(answer.statusCode, 403, role);
    }
  });
});

test('nobody raises themselves, and admins neither make nor unmake owners', async () => {
  const owner = await newPerson();
  const organization = await found(owner);
  const admin = await joinAs(organization, owner, 'admin');
  const scanner = await joinAs(organization, owner, 'scanner');
  const change = (by: Someone, of: Someone, role: Role) => send(by, 'PATCH', `/organizations/${organization}/members/${of.id}`, { role });
  for (const [by, of, role] of [
    [admin, admin, 'owner'],
    [admin, scanner, 'owner'],
    [admin, owner, 'analyst'],
    [scanner, scanner, 'admin'],
  ] as const) {
    assert.equal((await change(by, of, role)).statusCode, 403);
  }
  assert.equal((await send(admin, 'DELETE', `/organizations/${organization}/members/${owner.id}`)).statusCode, 403);
  const invited = await send(admin, 'POST', `/organizations/${organization}/invitations`, { email: scanner.email, role: 'owner' });
  assert.equal(invited.statusCode, 403);
  assert.equal(
    (await send(scanner, 'DELETE', `/organizations/${organization}/members/${scanner.id}`)).statusCode,
    204,
    'everybody may leave',
  );
});

test('an organization is never left without an owner, also by two who leave at once', async () => {
  const first = await newPerson();
  const organization = await found(first);
  const leave = (someone: Someone) => send(someone, 'DELETE', `/organizations/${organization}/members/${someone.id}`);
  assert.equal((await leave(first)).json<{ code: string }>().code, 'ORGANIZATIONS_LAST_OWNER');
  const second = await joinAs(organization, first, 'owner');
  const answers = await Promise.all([leave(first), leave(second)]);
  assert.deepEqual(answers.map((answer) => answer.statusCode).sort(), [204, 409]);
  const rows = await db.query('select role from organizations.members where organization_id = $1', [parseId('org', organization)]);
  assert.deepEqual(rows, [{ role: 'owner' }]);
});

test('an invitation is good once, for whoever shows it first', async () => {
  const owner = await newPerson();
  const organization = await found(owner);
  const [one, two] = [await newPerson(), await newPerson()];
  await send(owner, 'POST', `/organizations/${organization}/invitations`, { email: one.email, role: 'scanner' });
  const token = invitationIn(one.email);
  const accept = (someone: Someone) => send(someone, 'POST', '/invitations/accept', { token });
  const answers = await Promise.all([accept(one), accept(two)]);
  assert.deepEqual(answers.map((answer) => answer.statusCode).sort(), [200, 422]);
  assert.equal((await accept(one)).json<{ code: string }>().code, 'ORGANIZATIONS_INVITATION_INVALID');
  assert.equal((await rolesIn(organization, owner)).length, 2);
});

test('what somebody offered who is no member any more, or may not any more, is void', async () => {
  const owner = await newPerson();
  const organization = await found(owner);
  for (const fate of ['removed', 'lowered', 'withdrawn'] as const) {
    const admin = await joinAs(organization, owner, 'admin');
    const guest = await newPerson();
    const invited = await send(admin, 'POST', `/organizations/${organization}/invitations`, { email: guest.email, role: 'manager' });
    if (fate === 'removed') await send(owner, 'DELETE', `/organizations/${organization}/members/${admin.id}`);
    if (fate === 'lowered') await send(owner, 'PATCH', `/organizations/${organization}/members/${admin.id}`, { role: 'analyst' });
    if (fate === 'withdrawn') {
      const gone = await send(owner, 'DELETE', `/organizations/${organization}/invitations/${invited.json<{ id: string }>().id}`);
      assert.equal(gone.statusCode, 204);
    }
    const answer = await send(guest, 'POST', '/invitations/accept', { token: invitationIn(guest.email) });
    assert.equal(answer.json<{ code: string }>().code, 'ORGANIZATIONS_INVITATION_INVALID', fate);
  }
});

test('a repeat of a founding is the same organization, and another’s key is another’s', async () => {
  const [ada, grace] = [await newPerson(), await newPerson()];
  count += 2;
  const founding = (someone: Someone, slug: string, key: string) =>
    app.server.inject({
      method: 'POST',
      url: '/api/v1/organizations',
      headers: { authorization: `Bearer ${someone.access_token}`, 'idempotency-key': key },
      payload: { name: 'House', slug },
    });
  const first = await founding(ada, `house-${count}`, 'one');
  const again = await founding(ada, `house-${count}`, 'one');
  assert.deepEqual([first.statusCode, again.statusCode], [201, 200]);
  assert.equal(first.json<{ id: string }>().id, again.json<{ id: string }>().id);
  assert.equal((await founding(ada, `house-${count - 1}`, 'one')).statusCode, 422);
  assert.equal((await founding(grace, `house-${count - 1}`, 'one')).statusCode, 201);
  assert.equal((await founding(grace, `house-${count}`, 'two')).json<{ code: string }>().code, 'CATALOG_SLUG_TAKEN');
});
