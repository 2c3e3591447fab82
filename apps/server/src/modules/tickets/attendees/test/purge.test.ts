import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { freshKey } from '../../../../../../../test/system/contract/buyer.ts';
import { LIVE_SCOPES } from '../../../../../../../test/system/policies/callers.ts';
import { idOf } from '../../../../../../../test/system/policies/scene.ts';
import { eventOf, openAttendees, type AttendeesUnderTest } from './support.ts';

let under: AttendeesUnderTest;
before(async () => {
  under = await openAttendees();
});
after(() => under.close());

async function newTestEvent(): Promise<{ eventId: string; type: string }> {
  const { houses, organization, owner } = under;
  const scopes = LIVE_SCOPES.filter((scope) => scope !== 'organization.change');
  const key = await houses.organizationKey(organization, owner, scopes, { is_test: true });
  const make = (path: string, body: object) =>
    idOf(houses.send(key, 'POST', `/organizations/${organization}/events${path}`, body, freshKey()));
  const eventId = await make('', {
    ...{ title: 'A trial', venue: { name: 'Hall', city: 'Vienna' }, time_zone: 'Europe/Vienna', currency: 'EUR' },
    ...{ starts_at: '2099-05-01T18:00:00Z', ends_at: '2099-05-01T21:00:00Z', sale: { state: 'on_sale' } },
  });
  return { eventId, type: await make(`/${eventId}/ticket-types`, { name: 'Seat', price_minor: 0, capacity: 100 }) };
}

const rowsOf = (eventId: string) => under.houses.db.query('select 1 from tickets.attendees where event_id = $1', [eventOf(eventId)]);

const purge = () => under.houses.send(under.owner, 'DELETE', `/organizations/${under.organization}/test-data`);

const tickets = [
  { number: 1, name: 'Ada' },
  { number: 2, name: 'Grace' },
];

test('what was said of a test event goes with it, and nothing else does', async () => {
  const { eventId, type } = await newTestEvent();
  const buyer = await under.newBuyer();
  const trial = await buyer.book([{ ticket_type_id: type, quantity: 2 }], { eventId, confirm: true });
  const live = await buyer.book([{ ticket_type_id: under.seat, quantity: 2 }], { confirm: true });
  for (const id of [trial, live]) assert.equal((await buyer.set(id, { tickets })).status, 200);
  assert.equal((await rowsOf(eventId)).length, 2);
  assert.equal((await purge()).json<{ events: number }>().events, 1);
  assert.deepEqual([(await rowsOf(eventId)).length, (await rowsOf(under.eventId)).length], [0, 2]);
  assert.deepEqual([(await buyer.read(trial)).status, (await buyer.read(live)).status], [404, 200]);
});

test('nothing is written behind a purge', async () => {
  for (let round = 0; round < 5; round += 1) {
    const { eventId, type } = await newTestEvent();
    const buyer = await under.newBuyer();
    const id = await buyer.book([{ ticket_type_id: type, quantity: 2 }], { eventId });
    const writes = Array.from({ length: 10 }, () => buyer.set(id, { tickets }));
    const purged = purge();
    for (const { status } of await Promise.all(writes)) assert.ok(status === 200 || status === 404, String(status));
    await purged;
    await purge();
    assert.equal((await rowsOf(eventId)).length, 0);
  }
});
