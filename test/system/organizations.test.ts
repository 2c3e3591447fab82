import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { parseId } from '../../apps/server/src/platform/ids/index.ts';
import { quotaBody, sellingBodies, sellingThings, type SellingThings } from './contract/selling.ts';
import { openHouses, PLATFORM, ROLES, type Bearer, type Houses, type Role, type Someone } from './houses.ts';

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
    purgeTestData: ['owner', 'admin'],
    createEvent: ['owner', 'admin', 'manager'],
    duplicateEvent: ['owner', 'admin', 'manager'],
    readConsequences: ROLES,
    readSale: ROLES,
    changeSale: ['owner', 'admin', 'manager'],
    listTicketTypes: ROLES,
    createTicketType: ['owner', 'admin', 'manager'],
    changeTicketType: ['owner', 'admin', 'manager'],
    setAside: ['owner', 'admin', 'manager', 'box_office'],
    listQuotas: ROLES,
    createQuota: ['owner', 'admin', 'manager'],
    changeQuota: ['owner', 'admin', 'manager'],
    listPromoCodes: ['owner', 'admin', 'manager'],
    createPromoCode: ['owner', 'admin', 'manager'],
    changePromoCode: ['owner', 'admin', 'manager'],
    listOrganizationKeys: ['owner', 'admin'],
    createOrganizationKey: ['owner', 'admin'],
    revokeOrganizationKey: ['owner', 'admin'],
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
    ...sellingBodies,
    createOrganizationKey: { name: 'A key', scopes: [] },
    changeProfile: { website: 'https://house.example' },
    createVenue: { name: 'Hall', city: 'Graz', time_zone: 'Europe/Vienna' },
    changeVenue: { name: 'Hall' },
    changeEvent: { title: 'Evening' },
    createQuestion: { label: 'Meal', kind: 'text' },
    changeQuestion: { label: 'Meal' },
  };
  /** What no key may, whatever its scopes: a second time, too. */
  const NOT_BY_KEYS = [
    'changeMember',
    'removeMember',
    'inviteMember',
    'withdrawInvitation',
    'createOrganizationKey',
    'revokeOrganizationKey',
  ];
  const ALL_SCOPES = [
    ...['organization.read', 'organization.change', 'members.read', 'actions.read', 'keys.read', 'data.purge'],
    ...['events.read', 'events.change', 'stock.set_aside'],
  ];
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
  let sold: SellingThings;
  const members = new Map<Role, Someone>();
  let keys: Record<'all' | 'none' | 'foreign' | 'personal' | 'personalWithout' | 'scanners', Bearer>;
  before(async () => {
    const owner = await newPerson();
    organization = await found(owner);
    members.set('owner', owner);
    for (const role of ROLES.slice(1)) members.set(role, await joinAs(organization, owner, role));
    subject = await newPerson();
    sold = await sellingThings((path, body) => send(owner, 'POST', `/organizations/${organization}${path}`, body));
    const elsewhere = await newPerson();
    keys = {
      all: await houses.organizationKey(organization, owner, ALL_SCOPES),
      none: await houses.organizationKey(organization, owner, []),
      foreign: await houses.organizationKey(await found(elsewhere), elsewhere, ALL_SCOPES),
      personal: await houses.personalKey(owner, ALL_SCOPES),
      personalWithout: await houses.personalKey(owner, []),
      scanners: await houses.personalKey(members.get('scanner')!, ALL_SCOPES),
    };
  });

  const ask = (someone: Bearer | null, { path, method, operationId }: (typeof operations)[number]) => {
    const url = path
      .replace('/api/v1', '')
      .replace('{id}', organization)
      // Nobody and nothing: who may do it is told that it is not there.
      .replace('{person_id}', subject.id)
      .replace('{invitation_id}', 'inv_01kjw8x9v3e8aa7m2zq5r4t6yb')
      .replace('{key_id}', 'key_01kjw8x9v3e8aa7m2zq5r4t6yb')
      .replace('{venue_id}', 'ven_01kjw8x9v3e8aa7m2zq5r4t6yb')
      .replace('{question_id}', `que_${'01kjw8x9v3e8aa7m2zq5r4t6yb'.repeat(2)}`)
      .replace('{code}', sold.promoCode)
      .replace('{event_id}', sold.eventId)
      .replace('{ticket_type_id}', sold.ticketTypeId)
      .replace('{quota_id}', sold.quotaId);
    const body = operationId === 'createQuota' ? { ...quotaBody, ticket_type_ids: [sold.ticketTypeId] } : BODIES[operationId];
    return send(someone, method.toUpperCase() as 'GET', url, body);
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
      assert.ok(![401, 403].includes((await ask(PLATFORM, operation)).statusCode), 'the platform may');
    });

    test(`${operation.operationId} by keys`, async () => {
      const status = async (key: keyof typeof keys) => (await ask(keys[key], operation)).statusCode;
      const isForKeys = !NOT_BY_KEYS.includes(operation.operationId);
      for (const key of ['all', 'personal'] as const) {
        const answered = await status(key);
        assert.equal(answered === 403, !isForKeys, `${key}: ${answered}`);
        assert.ok(answered < 500 && answered !== 401 && answered !== 400, `${key}: ${answered}`);
      }
      assert.equal(await status('none'), 403);
      assert.equal(await status('personalWithout'), 403);
      const scanner = await status('scanners');
      assert.equal(scanner === 403, !(isForKeys && ALLOWED[operation.operationId]!.includes('scanner')), 'role and scopes, both');
      assert.equal(await status('foreign'), 404, 'a key of others does not learn that it exists');
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

test('codes that open hidden ticket types are shown to who may set them', async () => {
  const owner = await newPerson();
  const organization = await found(owner);
  const sold = await sellingThings((path, body) => send(owner, 'POST', `/organizations/${organization}${path}`, body));
  const types = `/organizations/${organization}/events/${sold.eventId}/ticket-types`;
  const hidden = { name: 'Box', price_minor: 0, capacity: 9, access_code: 'FRIENDS' };
  const box = (await send(owner, 'POST', types, hidden)).json<{ id: string; access_code: string }>();
  assert.equal(box.access_code, 'FRIENDS');
  type Coded = { id: string; access_code: string | null; needs_access_code: boolean };
  const codeFor = async (someone: Bearer) => {
    const { data } = (await send(someone, 'GET', types)).json<{ data: Coded[] }>();
    const type = data.find(({ id }) => id === box.id);
    return [type?.access_code, type?.needs_access_code];
  };
  const boxOffice = await joinAs(organization, owner, 'box_office');
  for (const someone of [owner, await joinAs(organization, owner, 'manager'), PLATFORM]) {
    assert.deepEqual(await codeFor(someone), ['FRIENDS', true]);
  }
  const blind = [
    boxOffice,
    await joinAs(organization, owner, 'scanner'),
    await houses.organizationKey(organization, owner, ['events.read', 'stock.set_aside']),
    await houses.personalKey(owner, ['events.read']),
  ];
  for (const someone of blind) assert.deepEqual(await codeFor(someone), [null, true]);
  assert.deepEqual(await codeFor(await houses.organizationKey(organization, owner, ['events.read', 'events.change'])), ['FRIENDS', true]);
  const aside = await send(boxOffice, 'POST', `${types}/${box.id}/set-aside`, { quantity: 1 });
  assert.deepEqual([aside.statusCode, aside.json<Coded>().access_code], [200, null]);
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
