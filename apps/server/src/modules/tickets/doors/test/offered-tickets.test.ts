import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import type { BulkCheckIn, CheckIn } from '@tessera/contract';
import { systemClock } from '../../../../platform/clock/index.ts';
import { parseCellId } from '../../../../platform/ids/index.ts';
import { auditEvent } from '../../../sales/index.ts';
import { assertSound } from '../../../sales/test/recount.ts';
import { assertDoorsSound } from './recount.ts';
import { openDoors, type DoorEvent, type SoldTicket } from './support.ts';

const doors = await openDoors({ servers: 2 });
after(() => doors.close());

type Booked = { id: string; uuid: string; token: string };
type Body = { id: string; code?: string; reason?: string; offered_tickets: number[] };

async function book({ id, ticketTypeId }: DoorEvent, { quantity = 1, confirm = true, server = 0 } = {}): Promise<Booked | null> {
  const { body: session } = await doors.send<{ token: string }>('/api/v1/buyer-sessions', { body: {}, server });
  const body = { event_id: id, lines: [{ ticket_type_id: ticketTypeId, quantity }], confirm };
  const answer = await doors.send<Body>('/api/v1/bookings', { body, token: session.token, server });
  if (answer.status === 409) return null;
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return { id: answer.body.id, uuid: parseCellId('bkg', answer.body.id)!.id, token: session.token };
}

async function booked(event: DoorEvent, terms: { quantity?: number; confirm?: boolean } = {}): Promise<Booked> {
  return (await book(event, terms)) ?? assert.fail('it is sold out');
}

const onBooking = ({ id, token }: Booked, path: string, body: object) =>
  doors.send<Body>(`/api/v1/bookings/${id}/${path}`, { body, token });

/** A booking that offers all its tickets, with these. */
async function offering(event: DoorEvent, quantity: number): Promise<{ booking: Booked; tickets: SoldTicket[] }> {
  const booking = await booked(event, { quantity });
  const numbers = Array.from({ length: quantity }, (_, index) => index + 1);
  const answer = await onBooking(booking, 'offers', { ticket_numbers: numbers });
  assert.deepEqual([answer.status, answer.body.offered_tickets], [200, numbers], JSON.stringify(answer.body));
  return { booking, tickets: await doors.ticketsOf(event, booking.uuid) };
}

async function offeredOf({ id, token }: Booked): Promise<number[]> {
  return (await doors.send<Body>(`/api/v1/bookings/${id}`, { token })).body.offered_tickets;
}

async function scan(event: DoorEvent, { code }: SoldTicket, server = 0): Promise<CheckIn> {
  const { status, body } = await doors.send<CheckIn>(`${event.path}/check-ins`, { body: { scan_id: randomUUID(), code }, server });
  assert.equal(status, 200, JSON.stringify(body));
  return body;
}

/** Sale and doors tell one story, and the audit finds nothing in it. */
async function assertClean({ uuid }: DoorEvent): Promise<void> {
  await assertSound(doors.db, uuid);
  await assertDoorsSound(doors.db, uuid);
  for (const full of [false, true]) {
    const report = await auditEvent({ db: doors.db, clock: systemClock }, uuid, { full });
    assert.deepEqual(report?.problems, []);
  }
}

async function factsOf({ uuid }: DoorEvent): Promise<string[]> {
  const rows = await doors.db.query<{ type: string }>(
    `select type from facts.facts where event_id = $1 and type like 'ticket.%' order by seq`,
    [uuid],
  );
  return rows.map(({ type }) => type);
}

test('an offered ticket is let in and offered no more, and who is inside offers nothing', async () => {
  const event = await doors.newEvent();
  const { booking, tickets } = await offering(event, 2);
  assert.equal((await scan(event, tickets[0]!)).outcome, 'admitted');
  assert.deepEqual(await offeredOf(booking), [2]);
  assert.deepEqual(await factsOf(event), ['ticket.offered', 'ticket.offered', 'ticket.offer_withdrawn', 'ticket.checked_in']);
  const again = await onBooking(booking, 'offers', { ticket_numbers: [1] });
  assert.deepEqual([again.status, again.body.code, again.body.reason], [409, 'SALES_NOT_OFFERABLE', 'admitted']);
  await assertClean(event);
});

test('while somebody is about to buy its place the ticket is refused, and let in when that one does not', async () => {
  const event = await doors.newEvent({ capacity: 1 });
  const { booking, tickets } = await offering(event, 1);
  const taker = await booked(event, { confirm: false });
  const refused = await scan(event, tickets[0]!);
  assert.deepEqual([refused.outcome, refused.standing], ['being_resold', 'refused']);
  assert.deepEqual(await offeredOf(booking), [1]);
  await assertClean(event);
  assert.equal((await onBooking(taker, 'release', {})).status, 200);
  assert.equal((await scan(event, tickets[0]!)).outcome, 'admitted');
  assert.deepEqual(await offeredOf(booking), []);
  assert.equal(await book(event), null, 'its place is no more to be had');
  await assertClean(event);
});

test('once its place is sold, it is the buyer’s ticket that is let in', async () => {
  const event = await doors.newEvent({ capacity: 1 });
  const { tickets } = await offering(event, 1);
  const buyer = await booked(event);
  const revoked = await scan(event, tickets[0]!);
  assert.deepEqual([revoked.outcome, revoked.reason], ['revoked', 'resold']);
  const [bought] = await doors.ticketsOf(event, buyer.uuid);
  assert.equal((await scan(event, bought!)).outcome, 'admitted');
  await assertClean(event);
});

test('of a bulk of offered tickets as many are let in as nobody waits for', async () => {
  const event = await doors.newEvent({ capacity: 3 });
  const { booking, tickets } = await offering(event, 3);
  await booked(event, { confirm: false });
  const scans = tickets.map(({ code }) => ({ scan_id: randomUUID(), code }));
  const { status, body } = await doors.send<{ data: BulkCheckIn[] }>(`${event.path}/check-ins/bulk`, {
    body: { scans: scans.map((one) => ({ ...one, scanned_at: new Date().toISOString() })), device_now: new Date().toISOString() },
  });
  assert.equal(status, 200, JSON.stringify(body));
  const outcomes = body.data.map(({ check_in: checkIn }) => checkIn?.outcome ?? '');
  assert.deepEqual([...outcomes].sort(), ['admitted', 'admitted', 'being_resold']);
  assert.deepEqual(await offeredOf(booking), [outcomes.indexOf('being_resold') + 1]);
  await assertClean(event);
});

test('while 40 offered tickets are shown at two servers and 40 buyers want their places, each has one end', async () => {
  const event = await doors.newEvent({ capacity: 40 });
  const sellers = await Promise.all(Array.from({ length: 10 }, () => offering(event, 4)));
  const tickets = sellers.flatMap((seller) => seller.tickets);
  const [buyers, shown] = await Promise.all([
    Promise.all(tickets.map((_, index) => book(event, { server: index % 2 }))),
    Promise.all(tickets.map((ticket, index) => scan(event, ticket, (index + 1) % 2))),
  ]);
  const outcomesOf = (name: string) => shown.filter(({ outcome }) => outcome === name);
  const bought = buyers.filter((buyer) => buyer !== null).length;
  assert.equal(outcomesOf('admitted').length + bought, 40);
  assert.ok(outcomesOf('revoked').every(({ reason }) => reason === 'resold'));
  assert.equal(outcomesOf('admitted').length + outcomesOf('revoked').length, 40, 'nobody held a place without buying it');
  await assertClean(event);
});
