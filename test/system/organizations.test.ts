import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { parseId } from '../../apps/server/src/platform/ids/index.ts';
import { openHouses, PLATFORM, ROLES, type Houses, type Role, type Someone } from './houses.ts';

let houses: Houses;
before(async () => {
  houses = await openHouses();
});
after(() => houses.close());

const send: Houses['send'] = (...request) => houses.send(...request);
const newPerson: Houses['newPerson'] = () => houses.newPerson();
const found: Houses['found'] = (founder) => houses.found(founder);
const joinAs: Houses['joinAs'] = (...joining) => houses.joinAs(...joining);
const invitationIn: Houses['invitationIn'] = (email) => houses.invitationIn(email);

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
  assert.deepEqual(own.data, [{ id: organization, name: `House ${houses.count()}`, slug: `house-${houses.count()}`, role: 'manager' }]);
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
      ['organization.changed', { name: `House ${houses.count()}` }, { name: 'The House' }],
      ['member.changed', { role: 'manager' }, { role: 'admin' }],
      ['invitation.accepted', null, { role: 'manager' }],
      ['member.invited', null, { role: 'manager' }],
    ],
  );
});

test('the platform acts as an owner of any organization that exists, and is recorded as itself', async () => {
  const owner = await newPerson();
  const organization = await found(owner);
  const renamed = await send(PLATFORM, 'PATCH', `/organizations/${organization}`, { name: 'Renamed' });
  assert.equal(renamed.json<{ role: string }>().role, 'owner');
  const guest = await newPerson();
  await send(PLATFORM, 'POST', `/organizations/${organization}/invitations`, { email: guest.email, role: 'owner' });
  assert.equal((await send(guest, 'POST', '/invitations/accept', { token: invitationIn(guest.email) })).statusCode, 200);
  const { data } = (await send(PLATFORM, 'GET', `/organizations/${organization}/actions`)).json<{
    data: { what: string; actor: object; from: { client: string; request_id: string } }[];
  }>();
  const platform = { kind: 'platform', id: null, person_id: null };
  assert.deepEqual(
    data.map(({ what, actor }) => [what, actor]),
    [
      ['invitation.accepted', { kind: 'person', id: guest.id, person_id: guest.id }],
      ['member.invited', platform],
      ['organization.changed', platform],
    ],
  );
  for (const { from } of data) {
    assert.match(from.client, /^10\.2\.\d+\.0\/24$/);
    assert.ok(from.request_id.length > 0);
  }
  assert.equal((await send(PLATFORM, 'GET', '/organizations/org_01kjw8x9v3e8aa7m2zq5r4t6yb')).statusCode, 404);
  assert.equal((await send({ access_token: `${PLATFORM.access_token}.` }, 'GET', `/organizations/${organization}`)).statusCode, 401);
  assert.equal((await send(PLATFORM, 'GET', '/users/me')).statusCode, 401, 'it is no person');
});

test('only owners and admins remove others', async () => {
  const owner = await newPerson();
  const organization = await found(owner);
  const victim = await joinAs(organization, owner, 'scanner');
  const remove = (by: Someone) => send(by, 'DELETE', `/organizations/${organization}/members/${victim.id}`);
  for (const role of ROLES.slice(2)) assert.equal((await remove(await joinAs(organization, owner, role))).statusCode, 403, role);
  assert.equal((await remove(await joinAs(organization, owner, 'admin'))).statusCode, 204);
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
  const rows = await houses.db.query('select role from organizations.members where organization_id = $1', [parseId('org', organization)]);
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
  const founding = (someone: Someone, slug: string, key: string) => send(someone, 'POST', '/organizations', { name: 'House', slug }, key);
  const first = await founding(ada, 'a-house', 'one');
  const again = await founding(ada, 'a-house', 'one');
  assert.deepEqual([first.statusCode, again.statusCode], [201, 200]);
  assert.equal(first.json<{ id: string }>().id, again.json<{ id: string }>().id);
  assert.equal((await founding(ada, 'another-house', 'one')).statusCode, 422);
  assert.equal((await founding(grace, 'another-house', 'one')).statusCode, 201);
  assert.equal((await founding(grace, 'a-house', 'two')).json<{ code: string }>().code, 'CATALOG_SLUG_TAKEN');
});
