import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { parseId } from '../../apps/server/src/platform/ids/index.ts';
import { openHouses, PLATFORM, type Bearer, type Houses, type Role } from './houses.ts';

let houses: Houses;
before(async () => {
  houses = await openHouses();
});
after(() => houses.close());

const send: Houses['send'] = (...request) => houses.send(...request);
const newPerson: Houses['newPerson'] = () => houses.newPerson();
const found: Houses['found'] = (founder) => houses.found(founder);
const joinAs: Houses['joinAs'] = (...joining) => houses.joinAs(...joining);

test('who makes a key gives what they have, and no key makes members or keys', async () => {
  const owner = await newPerson();
  const organization = await found(owner);
  const create = (by: Bearer, body: object) => send(by, 'POST', `/organizations/${organization}/api-keys`, { name: 'A key', ...body });
  for (const scopes of [['members.change'], ['keys.change'], ['events.invented'], ['owner'], ['toString']]) {
    const answer = await create(owner, { scopes });
    assert.deepEqual([answer.statusCode, answer.json<{ code: string }>().code], [400, 'REQUEST_INVALID'], scopes[0]);
  }
  assert.equal((await create(owner, { scopes: ['organization.change'], is_test: true })).statusCode, 400, 'no test');
  assert.equal((await create(PLATFORM, { scopes: ['organization.change'] })).statusCode, 201);
  const manager = await joinAs(organization, owner, 'manager');
  assert.equal((await create(manager, { scopes: [] })).statusCode, 403);
});

test('a scope that should never have been stored allows nothing', async () => {
  const owner = await newPerson();
  const organization = await found(owner);
  const key = await houses.organizationKey(organization, owner, []);
  await houses.db.query('update accounts.api_keys set scopes = $2 where id = $1', [
    parseId('key', key.id),
    ['members.change', 'keys.change'],
  ]);
  const invited = await send(key, 'POST', `/organizations/${organization}/invitations`, { email: 'a@example.org', role: 'owner' });
  assert.equal(invited.statusCode, 403);
  assert.equal((await send(key, 'POST', `/organizations/${organization}/api-keys`, { name: 'A key', scopes: [] })).statusCode, 403);
});

test('a personal key of a removed member is refused at once, one of the organization lives on', async () => {
  const owner = await newPerson();
  const organization = await found(owner);
  const admin = await joinAs(organization, owner, 'admin');
  const own = await houses.personalKey(admin, ['organization.read', 'organization.change']);
  const shared = await houses.organizationKey(organization, admin, ['organization.read']);
  const read = (by: Bearer) => send(by, 'GET', `/organizations/${organization}`);
  const shown = async (by: Bearer) => (await read(by)).json<{ role: Role | null }>().role;
  assert.deepEqual([await shown(own), await shown(shared)], ['admin', null]);
  await send(owner, 'PATCH', `/organizations/${organization}/members/${admin.id}`, { role: 'scanner' });
  assert.equal((await send(own, 'PATCH', `/organizations/${organization}`, { name: 'X' })).statusCode, 403, 'the role of this moment');
  await send(owner, 'DELETE', `/organizations/${organization}/members/${admin.id}`);
  assert.deepEqual([(await read(own)).statusCode, (await read(shared)).statusCode], [404, 200]);
});

test('an organization’s keys are seen and revoked by it alone, and what was done is recorded', async () => {
  const [ada, grace] = [await newPerson(), await newPerson()];
  const [organization, foreign] = [await found(ada), await found(grace)];
  const key = await houses.organizationKey(organization, ada, ['organization.change'], { is_test: false });
  assert.equal((await send(grace, 'DELETE', `/organizations/${foreign}/api-keys/${key.id}`)).statusCode, 404);
  assert.equal((await send(ada, 'DELETE', `/users/me/api-keys/${key.id}`)).statusCode, 404);
  assert.equal((await send(key, 'PATCH', `/organizations/${organization}`, { name: 'By a key' })).statusCode, 200);
  const listed = (await send(ada, 'GET', `/organizations/${organization}/api-keys`)).json<{ data: { id: string; scopes: string[] }[] }>();
  assert.deepEqual(
    listed.data.map(({ id, scopes }) => [id, scopes]),
    [[key.id, ['organization.change']]],
  );
  assert.equal((await send(ada, 'DELETE', `/organizations/${organization}/api-keys/${key.id}`)).statusCode, 204);
  const { data } = (await send(ada, 'GET', `/organizations/${organization}/actions`)).json<{
    data: {
      what: string;
      actor: { kind: string; id: string };
      before: { scopes?: string[] } | null;
      after: { scopes?: string[] } | null;
    }[];
  }>();
  assert.deepEqual(
    data.map(({ what, actor, before: was, after: is }) => [what, actor.kind, actor.id, was?.scopes ?? is?.scopes ?? null]),
    [
      ['key.revoked', 'person', ada.id, ['organization.change']],
      ['organization.changed', 'key', key.id, null],
      ['key.created', 'person', ada.id, ['organization.change']],
    ],
  );
});

test('a purge counts what it removed, and is recorded', async () => {
  const owner = await newPerson();
  const organization = await found(owner);
  const key = await houses.organizationKey(organization, owner, ['data.purge'], { is_test: true });
  const answer = await send(key, 'DELETE', `/organizations/${organization}/test-data`);
  assert.deepEqual(answer.json(), { events: 0, has_more: false });
  const { data } = (await send(owner, 'GET', `/organizations/${organization}/actions`)).json<{ data: { what: string }[] }>();
  assert.equal(data[0]?.what, 'test_data.purged');
});

test('who is removed while they make a key leaves none behind', async () => {
  const owner = await newPerson();
  const organization = await found(owner);
  const admin = await joinAs(organization, owner, 'admin');
  const member = [parseId('org', organization), parseId('per', admin.id)];
  let pending: ReturnType<Houses['send']> | null = null;
  await houses.db.transaction(async (tx) => {
    await tx.query('delete from organizations.members where organization_id = $1 and person_id = $2', member);
    // It has passed the door, where the role is read without a lock, and waits for the members.
    pending = send(admin, 'POST', `/organizations/${organization}/api-keys`, { name: 'A key', scopes: ['organization.read'] });
    for (;;) {
      const [row] = await tx.query<{ waits: boolean }>(
        `select exists (select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock') as waits`,
      );
      if (row?.waits) return;
    }
  });
  assert.ok(pending);
  assert.equal((await (pending as ReturnType<Houses['send']>)).statusCode, 403);
  const listed = await send(owner, 'GET', `/organizations/${organization}/api-keys`);
  assert.deepEqual(listed.json(), { data: [] });
});
