import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openLaneConnection, type Call } from '../../../platform/db/index.ts';
import { systemClock } from '../../../platform/clock/index.ts';
import {
  auditEvent,
  offerTickets,
  parseFactNumbers,
  parseSpareOffers,
  readBookings,
  readFactNumbers,
  readSpareOffers,
  withdrawAtDoor,
  writeNumberedFacts,
  type Booking,
} from '../index.ts';
import { LOCK_HEAD } from '../lane/read-statements.ts';
import { anId, bookingIn, hold, type EventUnderTest } from './buyers.ts';
import { assertSound } from './recount.ts';
import { openEvent, openSales } from './support.ts';

const sales = await openSales();
const connection = await openLaneConnection(sales.url);
after(async () => {
  await connection.close();
  await sales.closeAll();
});

async function sellAndOffer(event: EventUnderTest, tickets: readonly number[]): Promise<Booking> {
  const sold = bookingIn(await hold(sales, event, { quantity: 3, confirm: true }));
  const actor = { kind: 'buyer', buyerKey: sold.buyerKey } as const;
  return bookingIn(await offerTickets(sales, { eventId: event.eventId, bookingId: sold.id, actor, idempotencyKey: anId(), tickets }));
}

const call = (text: string): Call => ({ statement: { name: `door_${text}`, text }, values: [] });

/** What the doors' lane does with offered tickets that are shown: as many as are spare come in. */
async function showAtDoor(
  { eventId, ticketTypeIds }: EventUnderTest,
  shown: readonly { booking: Booking; number: number }[],
): Promise<number> {
  const lock: Call = { statement: LOCK_HEAD, values: [eventId] };
  const [, , numbers, offers] = await connection.roundTrip([call('begin'), lock, readFactNumbers(eventId), readSpareOffers(eventId)]);
  const [ticketTypeId = ''] = ticketTypeIds;
  const spare = parseSpareOffers(offers ?? { rows: [], tag: '' }).get(ticketTypeId) ?? 0;
  const admitted = shown
    .slice(0, spare)
    .map(({ booking, number }) => ({ bookingId: booking.id, buyerKey: booking.buyerKey, ticketTypeId, number }));
  const { calls, facts } = withdrawAtDoor(eventId, admitted);
  const from = parseFactNumbers(numbers ?? { rows: [], tag: '' }) ?? assert.fail('there is no such event');
  const told = writeNumberedFacts({ eventId, seq: from.seq, atMs: from.nowMs, facts });
  await connection.roundTrip([...calls, ...told, call('commit')]);
  return admitted.length;
}

async function offeredOf({ eventId }: EventUnderTest, { id }: Booking): Promise<number[]> {
  const { bookings } = await readBookings(sales, { eventId, bookingIds: [id] });
  return bookings.flatMap(({ offers }) => offers.map(({ number }) => number));
}

async function assertClean({ eventId }: EventUnderTest): Promise<void> {
  await assertSound(sales.db, eventId);
  assert.deepEqual((await auditEvent({ db: sales.db, clock: systemClock }, eventId, { full: true }))?.problems, []);
}

test('offered tickets that are shown at the door are offered no more, those of one booking and of several', async () => {
  const event = await openEvent(sales, [{ capacity: 6 }]);
  const [one, other] = [await sellAndOffer(event, [1, 2, 3]), await sellAndOffer(event, [2])];
  const shown = [
    { booking: one, number: 1 },
    { booking: one, number: 3 },
    { booking: other, number: 2 },
  ];
  assert.equal(await showAtDoor(event, shown), 3);
  assert.deepEqual([await offeredOf(event, one), await offeredOf(event, other)], [[2], []]);
  await assertClean(event);
  const facts = await sales.db.queryRows(`select count(*)::int from facts.facts where event_id = $1 and type = 'ticket.offer_withdrawn'`, [
    event.eventId,
  ]);
  assert.deepEqual(facts, [[3]]);
  // What is left is sold as ever, and nothing that is inside.
  assert.equal((await hold(sales, event, { confirm: true })).kind, 'booking');
  assert.equal((await hold(sales, event, { confirm: true })).kind, 'sold_out');
  assert.deepEqual(await offeredOf(event, one), []);
  await assertClean(event);
});

test('while somebody is about to buy, no more come in than are left for that', async () => {
  const event = await openEvent(sales, [{ capacity: 3 }]);
  const booking = await sellAndOffer(event, [1, 2]);
  await hold(sales, event);
  assert.equal(
    await showAtDoor(event, [
      { booking, number: 1 },
      { booking, number: 2 },
    ]),
    1,
  );
  assert.equal(await showAtDoor(event, [{ booking, number: 2 }]), 0);
  assert.deepEqual(await offeredOf(event, booking), [2]);
  await assertClean(event);
});

test('where nothing is offered nothing is sent', () => {
  assert.deepEqual(withdrawAtDoor(anId(), []), { calls: [], facts: [] });
});
