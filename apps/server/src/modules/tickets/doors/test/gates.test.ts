import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import type { CheckIn, Gate } from '@tessera/contract';
import { openDoors, type DoorEvent, type SoldTicket } from './support.ts';

const doors = await openDoors();
after(() => doors.close());

const DAY_MS = 86_400_000;
const inDays = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString();

async function outcomeAt(event: DoorEvent, ticket: SoldTicket, gateId: string): Promise<CheckIn> {
  const body = { scan_id: randomUUID(), code: ticket.code, gate_id: gateId };
  return (await doors.send<CheckIn>(`${event.path}/check-ins`, { body })).body;
}

async function newGate(event: DoorEvent, body: object): Promise<string> {
  const answer = await doors.send<Gate>(`${event.path}/gates`, { body });
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return answer.body.id;
}

test('gates let in whom they are for, when they are open', async () => {
  const event = await doors.newEvent();
  const [ticket] = await doors.sell(event, 1);
  const { body: vip } = await doors.send<{ id: string }>(`${event.path}/ticket-types`, {
    body: { name: 'Box', price_minor: 0, capacity: 9 },
  });
  const forOthers = await newGate(event, { name: 'Boxes', ticket_type_ids: [vip.id] });
  const later = await newGate(event, { name: 'Later', opens_at: inDays(1) });
  const earlier = await newGate(event, { name: 'Earlier', opens_at: inDays(-2), closes_at: inDays(-1) });
  const own = await newGate(event, {
    name: 'Own',
    ticket_type_ids: [event.ticketTypeId, vip.id],
    opens_at: inDays(-1),
    closes_at: inDays(1),
  });
  assert.equal((await outcomeAt(event, ticket!, forOthers)).outcome, 'wrong_gate');
  assert.equal((await outcomeAt(event, ticket!, later)).outcome, 'too_early');
  assert.ok((await outcomeAt(event, ticket!, later)).opens_at);
  assert.equal((await outcomeAt(event, ticket!, earlier)).outcome, 'too_late');
  assert.equal((await outcomeAt(event, ticket!, 'gat_unknown')).outcome, 'unknown_gate');
  const other = await doors.newEvent();
  assert.equal((await outcomeAt(event, ticket!, await newGate(other, { name: 'Elsewhere' }))).outcome, 'unknown_gate');
  const change = (body: object) => doors.send<Gate>(`${event.path}/gates/${own}`, { method: 'PATCH', body });
  assert.equal((await change({ state: 'closed' })).body.state, 'closed');
  assert.equal((await outcomeAt(event, ticket!, own)).outcome, 'gate_closed');
  assert.deepEqual((await change({ state: 'open', ticket_type_ids: null, opens_at: null })).body, {
    ...{ id: own, name: 'Own', ticket_type_ids: null, state: 'open', opens_at: null },
    closes_at: (await change({ name: 'Own' })).body.closes_at,
  });
  assert.equal((await outcomeAt(event, ticket!, own)).outcome, 'admitted');
});

test('gates are made once for each key, listed in their order, and archived', async () => {
  const event = await doors.newEvent();
  const make = (key: string, body: object) => doors.send<Gate>(`${event.path}/gates`, { body, key });
  const first = await make('one', { name: 'One' });
  const again = await make('one', { name: 'One' });
  assert.deepEqual([first.status, again.status, again.body], [201, 200, first.body]);
  assert.equal((await make('one', { name: 'Other' })).status, 422);
  const second = await make('two', { name: 'Two' });
  const list = async () => (await doors.send<{ data: Gate[] }>(`${event.path}/gates`)).body.data.map(({ name }) => name);
  assert.deepEqual(await list(), ['One', 'Two']);
  const gone = await doors.send(`${event.path}/gates/${second.body.id}`, { method: 'DELETE' });
  assert.equal(gone.status, 204);
  assert.deepEqual(await list(), ['One']);
  assert.equal((await doors.send(`${event.path}/gates/${second.body.id}`, { method: 'DELETE' })).status, 404);
  assert.equal((await doors.send(`${event.path}/gates/gat_unknown`, { method: 'PATCH', body: { name: 'X' } })).status, 404);
});

test('gates that cannot be are refused', async () => {
  const event = await doors.newEvent();
  const other = await doors.newEvent();
  const statusOf = async (body: object) => (await doors.send(`${event.path}/gates`, { body })).status;
  assert.equal(await statusOf({ name: '' }), 400);
  assert.equal(await statusOf({ name: 'Other', ticket_type_ids: [other.ticketTypeId] }), 400);
  assert.equal(await statusOf({ name: 'Never', opens_at: inDays(1), closes_at: inDays(1) }), 400);
  for (let number = 0; number < 200; number += 1) await newGate(event, { name: `Gate ${number}` });
  assert.equal(await statusOf({ name: 'One more' }), 409);
});
