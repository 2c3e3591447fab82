import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sellingBodies, sellingThings } from './contract/selling.ts';
import { openHouses, PLATFORM, type Bearer, type Houses } from './houses.ts';

let houses: Houses;
before(async () => {
  houses = await openHouses();
});
after(() => houses.close());

const SCOPES = ['events.read', 'events.change', 'stock.set_aside'];

/** An organization with a live event of its owner and a test event of a test key. */
async function openHouse() {
  const owner = await houses.newPerson();
  const organization = await houses.found(owner);
  const tester: Bearer = await houses.organizationKey(organization, owner, SCOPES, { is_test: true });
  const at = (path: string) => `/organizations/${organization}${path}`;
  const thingsOf = (by: Bearer) => sellingThings((path, body) => houses.send(by, 'POST', at(path), body));
  return { owner, tester, at, live: await thingsOf(owner), trial: await thingsOf(tester) };
}

test('a test key makes test events, reaches them and no live one', async () => {
  const { owner, tester, at, live, trial } = await openHouse();
  const asks = [
    ['GET', () => '/sale'],
    ['PATCH', () => '/sale', sellingBodies['changeSale']],
    ['GET', () => '/ticket-types'],
    ['PATCH', ({ ticketTypeId }: typeof live) => `/ticket-types/${ticketTypeId}`, sellingBodies['changeTicketType']],
    ['POST', ({ ticketTypeId }: typeof live) => `/ticket-types/${ticketTypeId}/set-aside`, sellingBodies['setAside']],
    ['PATCH', ({ quotaId }: typeof live) => `/quotas/${quotaId}`, sellingBodies['changeQuota']],
    ['POST', () => '/duplicate', sellingBodies['duplicateEvent']],
    ['GET', () => ''],
    ['PATCH', () => '', { title: 'Rehearsal' }],
    ['GET', () => '/questions'],
    ['POST', () => '/questions', { label: 'Meal', kind: 'text' }],
  ] as const;
  for (const [method, rest, body] of asks) {
    const status = async (by: Bearer, things: typeof live) =>
      (await houses.send(by, method, at(`/events/${things.eventId}${rest(things)}`), body)).statusCode;
    const label = `${method} ${rest(live)}`;
    assert.equal(await status(tester, live), 403, label);
    assert.ok((await status(tester, trial)) < 300, label);
    assert.ok((await status(owner, trial)) < 300, label);
  }
});

test('a test key sees test events alone, and makes nothing that live events use', async () => {
  const { owner, tester, at, live, trial } = await openHouse();
  const listed = async (by: Bearer) =>
    (await houses.send(by, 'GET', at('/events'))).json<{ data: { id: string }[] }>().data.map(({ id }) => id);
  assert.deepEqual(await listed(tester), [trial.eventId]);
  assert.deepEqual((await listed(owner)).sort(), [live.eventId, trial.eventId].sort());
  const hall = { name: 'Hall', city: 'Graz', time_zone: 'Europe/Vienna' };
  const venue = (await houses.send(owner, 'POST', at('/venues'), hall)).json<{ id: string }>();
  const one = at(`/venues/${venue.id}`);
  assert.equal((await houses.send(tester, 'GET', one)).statusCode, 200);
  assert.equal((await houses.send(tester, 'PATCH', at(`/events/${trial.eventId}`), { venue_id: venue.id })).statusCode, 200);
  for (const [method, path, body] of [
    ['POST', at('/venues'), hall],
    ['PATCH', one, { name: 'Barn' }],
    ['DELETE', one],
    ['PATCH', at('/profile'), { website: 'https://house.example' }],
  ] as const) {
    assert.equal((await houses.send(tester, method, path, body)).statusCode, 403, `${method} ${path}`);
  }
});

test('what is copied from a test event is one, and none is listed', async () => {
  const { owner, at, trial } = await openHouse();
  const copy = await houses.send(owner, 'POST', at(`/events/${trial.eventId}/duplicate`), sellingBodies['duplicateEvent']);
  const { id, is_test: isTest } = copy.json<{ id: string; is_test: boolean }>();
  assert.equal(isTest, true);
  for (const eventId of [trial.eventId, id]) {
    const opened = await houses.send(owner, 'PATCH', at(`/events/${eventId}/sale`), { state: 'on_sale' });
    assert.equal(opened.statusCode, 200, opened.body);
    assert.equal((await houses.send(null, 'GET', `/events/${eventId}`)).statusCode, 200);
  }
  const { data } = (await houses.send(null, 'GET', '/events?limit=100')).json<{ data: { id: string }[] }>();
  assert.deepEqual(data, []);
});

test('the platform founds organizations that have no members, and acts for them', async () => {
  const founded = await houses.send(PLATFORM, 'POST', '/organizations', { name: 'Hall', slug: 'hall' });
  const { id, role } = founded.json<{ id: string; role: string }>();
  assert.deepEqual([founded.statusCode, role], [201, 'owner']);
  await sellingThings((path, body) => houses.send(PLATFORM, 'POST', `/organizations/${id}${path}`, body));
  const members = await houses.send(PLATFORM, 'GET', `/organizations/${id}/members`);
  assert.deepEqual(members.json<{ data: object[] }>().data, []);
});
