import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import type { Booking, CheckIn, DoorTicket, FoundBooking, Guest } from '@tessera/contract';
import { openDoors, type DoorEvent } from '../../doors/test/support.ts';

const doors = await openDoors();
after(() => doors.close());

type Taken = {
  kind: string;
  booking: Booking;
  name: string | null;
  note: string | null;
  tickets: { id: string; code: string }[];
};

const sell = (event: DoorEvent, body: object, key?: string) =>
  doors.send<Taken>(`${event.path}/box-office/sales`, { body, ...(key !== undefined && { key }) });
const lines = (event: DoorEvent, quantity: number) => [{ ticket_type_id: event.ticketTypeId, quantity }];

async function priced(priceMinor: number): Promise<DoorEvent> {
  const event = await doors.newEvent();
  const { status } = await doors.send(`${event.path}/ticket-types/${event.ticketTypeId}`, {
    method: 'PATCH',
    body: { price_minor: priceMinor },
  });
  assert.equal(status, 200);
  return event;
}

test('sold at the desk, tickets are paid and let in at once', async () => {
  const event = await priced(2500);
  const sold = await sell(event, { lines: lines(event, 2), tender: 'cash', buyer_name: 'Ada Lovelace', expected_total_minor: 5000 });
  assert.equal(sold.status, 201, JSON.stringify(sold.body));
  const { booking, tickets, name } = sold.body;
  assert.deepEqual(
    [booking.state, booking.total_minor, booking.paid_minor, name, tickets.length],
    ['confirmed', 5000, 5000, 'Ada Lovelace', 2],
  );
  const rows = await doors.db.query<{ tender: string }>('select tender from sales.bookings where event_id = $1', [event.uuid]);
  assert.deepEqual(rows, [{ tender: 'cash' }]);
  const scanned = await doors.send<CheckIn>(`${event.path}/check-ins`, { body: { scan_id: randomUUID(), code: tickets[0]!.code } });
  assert.equal(scanned.body.outcome, 'admitted');
  const another = await sell(event, { lines: lines(event, 1), tender: 'card_at_door', expected_total_minor: 1 });
  assert.equal(another.status, 409);
});

test('a sale that is sent again is the same sale, with its name', async () => {
  const event = await priced(100);
  const body = { lines: lines(event, 1), tender: 'card_at_door', buyer_name: 'Grace' };
  const [first, second] = await Promise.all([sell(event, body, 'once'), sell(event, body, 'once')]);
  assert.deepEqual([first.status, second.status].sort(), [200, 201]);
  assert.deepEqual(first.body.tickets, second.body.tickets);
  assert.equal((await sell(event, { ...body, tender: 'cash' }, 'once')).status, 422);
  const actions = await doors.db.query('select 1 from organizations.actions where subject_id = $1 and what = $2', [
    event.uuid,
    'box_office.sale',
  ]);
  assert.equal(actions.length, 1);
});

test('tickets are given away from the stock that is said', async () => {
  const event = await priced(2500);
  const give = (body: object) => doors.send<Taken>(`${event.path}/complimentary`, { body: { reason: 'press', ...body } });
  assert.equal((await give({ lines: lines(event, 1), stock: 'set_aside' })).status, 409, 'nothing is set aside');
  await doors.send(`${event.path}/ticket-types/${event.ticketTypeId}/set-aside`, { body: { quantity: 3 } });
  const given = await give({ lines: lines(event, 2), stock: 'set_aside' });
  assert.deepEqual([given.status, given.body.booking.total_minor, given.body.kind, given.body.note], [201, 0, 'complimentary', 'press']);
  const { body: types } = await doors.send<{ data: { set_aside: number; sold: number }[] }>(`${event.path}/ticket-types`);
  assert.deepEqual([types.data[0]?.set_aside, types.data[0]?.sold], [1, 2]);
  assert.equal((await give({ lines: lines(event, 1), stock: 'public' })).status, 201);
  assert.equal((await give({ lines: lines(event, 101) })).status, 400, 'more than may be given at once');
});

test('guests are let in by their names, of every script, and nobody reads them in the database', async () => {
  const event = await doors.newEvent();
  const invite = (name: string, quantity = 1) =>
    doors.send<Taken>(`${event.path}/guests`, { body: { name, ticket_type_id: event.ticketTypeId, quantity, note: 'of the band' } });
  const names = ['Zoë Müller', '山田 太郎', 'محمد عبد الله', 'Ольга', 'Zoe Smith'];
  for (const name of names) assert.equal((await invite(name, 2)).status, 201);
  const list = async (query = '') => (await doors.send<{ data: Guest[]; has_more: boolean }>(`${event.path}/guests${query}`)).body;
  assert.deepEqual((await list()).data.map(({ name }) => name).sort(), [...names].sort());
  assert.deepEqual((await list('?name=zoe')).data.map(({ name }) => name).sort(), ['Zoe Smith', 'Zoë Müller']);
  const first = await list('?limit=3');
  const rest = await list(`?limit=3&starting_after=${first.data.at(-1)?.booking_id}`);
  assert.deepEqual([first.data.length, first.has_more, rest.data.length, rest.has_more], [3, true, 2, false]);
  const [guest] = (await list(`?name=${encodeURIComponent('山田')}`)).data;
  const scanned = await doors.send<CheckIn>(`${event.path}/check-ins`, {
    body: { scan_id: randomUUID(), ticket_id: guest?.tickets[0]?.id },
  });
  assert.deepEqual([scanned.body.outcome, scanned.body.by_hand], ['admitted', true]);
  assert.ok((await list(`?name=${encodeURIComponent('山田')}`)).data[0]?.tickets[0]?.admitted_at);
  const { body: door } = await doors.send<{ data: DoorTicket[] }>(`${event.path}/door-list`);
  assert.equal(door.data.filter((ticket) => ticket.holder_name === 'Ольга').length, 2);
  const stored = JSON.stringify(await doors.db.query('select * from tickets.desk_bookings where event_id = $1', [event.uuid]));
  for (const name of names) assert.ok(!stored.includes(Buffer.from(name).toString('base64')) && !stored.includes(name));
  const sealed = await doors.db.query<{ name: Buffer }>('select name_sealed as name from tickets.desk_bookings where event_id = $1', [
    event.uuid,
  ]);
  assert.ok(sealed.every((row) => !names.some((name) => row.name.includes(Buffer.from(name)))));
});

test('at the door, somebody is found by a name, a booking or a ticket', async () => {
  const event = await doors.newEvent();
  const [bought] = await doors.sell(event, 1);
  await doors.send(`${event.path}/guests`, { body: { name: 'Ada', ticket_type_id: event.ticketTypeId, quantity: 1 } });
  const search = async (q: string) =>
    (await doors.send<{ data: FoundBooking[] }>(`${event.path}/door-search?q=${encodeURIComponent(q)}`)).body.data;
  assert.deepEqual(
    (await search('ada')).map(({ name }) => name),
    ['Ada'],
  );
  const [byTicket] = await search(bought!.id);
  assert.deepEqual([byTicket?.name, byTicket?.tickets.map(({ id }) => id)], [null, [bought!.id]]);
  assert.deepEqual(await search(byTicket!.booking_id), [byTicket]);
  assert.deepEqual(await search('nobody'), []);
  const other = await doors.newEvent();
  const elsewhere = await doors.send<{ data: unknown[] }>(`${other.path}/door-search?q=${bought!.id}`);
  assert.deepEqual(elsewhere.body.data, []);
});

test('of the last ticket, sold at ten desks at once, one is sold', async () => {
  const event = await doors.newEvent();
  await doors.send(`${event.path}/ticket-types/${event.ticketTypeId}`, { method: 'PATCH', body: { capacity: 1 } });
  const answers = await Promise.all(Array.from({ length: 10 }, () => sell(event, { lines: lines(event, 1), tender: 'cash' })));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [201, ...Array.from({ length: 9 }, () => 409)]);
});
