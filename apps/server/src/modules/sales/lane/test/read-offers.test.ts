import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openLaneConnection } from '../../../../platform/db/index.ts';
import type { Command } from '../../commands.ts';
import { expireDueEvents, offerTickets, type Booking } from '../../index.ts';
import { anId, bookingIn, hold, placeCommand, type EventUnderTest } from '../../test/buyers.ts';
import { makeDue } from '../../test/make-due.ts';
import { openEvent, openSales } from '../../test/support.ts';
import { readState } from '../read-state.ts';

const sales = await openSales();
const connection = await openLaneConnection(sales.url);
after(async () => {
  await connection.close();
  await sales.closeAll();
});

/** Six sold tickets of six bookings, all of them offered; one hold has expired, another waits for an offered place. */
const event: EventUnderTest = await openEvent(sales, [{ capacity: 6 }, { capacity: 6 }]);
const expired = bookingIn(await hold(sales, event, { quantity: 2 }));
await makeDue(sales.db, event.eventId);
await expireDueEvents(sales);
const sellers: Booking[] = [];
for (let count = 0; count < 6; count += 1) sellers.push(bookingIn(await hold(sales, event, { confirm: true })));
for (const { id: bookingId, buyerKey } of sellers) {
  const actor = { kind: 'buyer', buyerKey } as const;
  await offerTickets(sales, { eventId: event.eventId, bookingId, actor, idempotencyKey: anId(), tickets: [1] });
}
const held = bookingIn(await hold(sales, event));

const on = (bookingId: string) => ({ bookingId, commandId: anId(), fingerprint: anId(), actor: { kind: 'organizer' } as const });
const confirm = ({ id }: Booking): Command => ({ kind: 'confirm', ...on(id), tender: 'external' });
const cancel = ({ id }: Booking): Command => ({ kind: 'cancel', ...on(id) });
const sellAtOnce = (quantity: number): Command =>
  placeCommand(event, { confirm: true, lines: [{ ticketTypeId: event.ticketTypeIds[0] ?? '', quantity }] });

/** Of whom the offers are that a batch reads, and that their bookings come with them. */
async function readBy(...commands: Command[]): Promise<number[]> {
  const { calls, parse } = readState(event.eventId, commands);
  const state = parse(await connection.roundTrip(calls))?.state ?? assert.fail('there is no such event');
  const offers = [...state.offers.values()].flat();
  for (const { bookingId, number, seq } of offers) {
    assert.deepEqual(state.bookings.get(bookingId)?.offers, [{ number, seq }], 'the seller’s booking is read as well');
  }
  return offers.map(({ bookingId }) => sellers.findIndex(({ id }) => id === bookingId));
}

test('a batch that confirms nothing reads no offers, and asks for none', async () => {
  assert.deepEqual(await readBy(placeCommand(event), cancel(held), { kind: 'expire', everything: false }), []);
  const { calls } = readState(event.eventId, [placeCommand(event), cancel(held)]);
  assert.ok(calls.every(({ statement }) => statement.name !== 'lane_offers'));
});

test('as many as are sold at most, the first of them in their order', async () => {
  assert.deepEqual(await readBy(confirm(held)), [0], 'what a hold waits for');
  assert.deepEqual(await readBy(confirm(expired)), [0, 1, 2], 'and what may be taken again');
  assert.deepEqual(await readBy(sellAtOnce(3)), [0, 1, 2, 3], 'and what is sold at once');
  assert.deepEqual(await readBy(confirm(expired), sellAtOnce(9)), [0, 1, 2, 3, 4, 5], 'and never more than there are');
});

test('what the batch may end is read beyond that', async () => {
  const [first, second] = sellers;
  assert.ok(first && second);
  assert.deepEqual(await readBy(confirm(held), cancel(first), cancel(second)), [0, 1, 2]);
  assert.deepEqual(await readBy(confirm(held), cancel(first), cancel(first)), [0, 1], 'each booking once');
});
