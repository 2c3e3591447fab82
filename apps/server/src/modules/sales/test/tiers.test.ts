import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Tier } from '../prices.ts';
import { auditEvent, confirmBooking, expireDueEvents, releaseBooking } from '../index.ts';
import { readBooking } from '../read-booking.ts';
import { systemClock } from '../../../platform/clock/index.ts';
import { anId, bookingIn, countKinds, hold, type EventUnderTest } from './buyers.ts';
import { makeDue } from './make-due.ts';
import { assertSound, readCounters } from './recount.ts';
import { openEvent, openSales } from './support.ts';

const one = await openSales();
const other = await openSales({ url: one.url });
after(async () => {
  await other.closeAll();
  await one.closeAll();
});

const early = (untilTaken: number): Tier => ({ name: 'early', priceMinor: 1_000, endsAtMs: null, untilTaken });
const open = (untilTaken: number): Promise<EventUnderTest> =>
  openEvent(one, [{ capacity: 1_000, terms: { priceMinor: 1_500, tiers: [early(untilTaken)] } }]);
const organizer = { kind: 'organizer' } as const;

async function assertAllSound(eventId: string): Promise<void> {
  await assertSound(one.db, eventId);
  for (const full of [false, true]) {
    const report = await auditEvent({ db: one.db, clock: systemClock }, eventId, { full });
    assert.deepEqual(report?.problems, []);
  }
}

/** Tickets that are held or sold at each price. */
async function countPrices({ eventId }: EventUnderTest): Promise<Record<string, number>> {
  const rows = await one.db.queryRows(
    `select l.unit_price_minor, sum(l.quantity)::int from sales.booking_lines l
     join sales.bookings b on b.event_id = l.event_id and b.id = l.booking_id
     where l.event_id = $1 and b.state in ('held', 'confirmed') group by 1`,
    [eventId],
  );
  return Object.fromEntries(rows.map(([priceMinor, quantity]) => [String(priceMinor), Number(quantity)]));
}

test('of 100 buyers of three tickets each at two servers the early tier serves its 100 tickets, to the ticket', async () => {
  const event = await open(100);
  const wishes = Array.from({ length: 100 }, (_, buyer) => hold(buyer % 2 === 0 ? one : other, event, { quantity: 3 }));
  assert.deepEqual(countKinds(await Promise.all(wishes)), { booking: 100 });
  assert.deepEqual(await countPrices(event), { 1000: 100, 1500: 200 });
  const [row = []] = await one.db.queryRows(
    'select count(*)::int from sales.bookings where event_id = $1 and cardinality(line_quantities) = 2',
    [event.eventId],
  );
  assert.equal(row[0], 1, 'one booking stands on both sides of the end');
  await assertAllSound(event.eventId);
});

test('a booking with two prices is read, confirmed, released and expired as one, and the audit finds nothing', async () => {
  for (const end of ['confirm', 'release', 'expire'] as const) {
    const event = await open(2);
    const placed = bookingIn(await hold(one, event, { quantity: 5 }));
    assert.deepEqual(
      placed.lines.map((line) => [line.quantity, line.unitPriceMinor]),
      [
        [2, 1_000],
        [3, 1_500],
      ],
    );
    const request = { eventId: event.eventId, bookingId: placed.id, actor: organizer, idempotencyKey: anId() };
    assert.deepEqual((await readBooking(one, request))?.booking, placed);
    if (end === 'release') await releaseBooking(one, request);
    if (end === 'confirm') await confirmBooking(one, { ...request, tender: 'external' });
    if (end === 'expire') await makeDue(one.db, event.eventId);
    await expireDueEvents(one);
    const { held, sold } = await readCounters(one.db, event.eventId);
    assert.deepEqual([held, sold], end === 'confirm' ? [0, 5] : [0, 0]);
    await assertAllSound(event.eventId);
  }
});

test('tickets that come back make room in their tier, and a late payment keeps its price beside it', async () => {
  const event = await open(2);
  const first = bookingIn(await hold(one, event, { quantity: 2 }));
  assert.equal(bookingIn(await hold(one, event)).totalMinor, 1_500);
  await makeDue(one.db, event.eventId);
  await expireDueEvents(one);
  assert.equal(bookingIn(await hold(one, event, { quantity: 2 })).totalMinor, 2_000);
  const late = { eventId: event.eventId, bookingId: first.id, actor: organizer, idempotencyKey: anId(), tender: 'external' as const };
  assert.equal(bookingIn(await confirmBooking(one, late)).totalMinor, 2_000);
  assert.equal(bookingIn(await hold(one, event)).totalMinor, 1_500);
  await assertAllSound(event.eventId);
});

test('a total that the buyer was not shown is refused with the right one, and the same key is then served', async () => {
  const event = await open(1);
  const wish = { idempotencyKey: anId(), buyerKey: anId(), quantity: 2 };
  assert.deepEqual(await hold(one, event, { ...wish, expectedTotalMinor: 2_000 }), { kind: 'price_changed', totalMinor: 2_500 });
  assert.equal(bookingIn(await hold(one, event, { ...wish, expectedTotalMinor: 2_500 })).totalMinor, 2_500);
  const repeat = await hold(one, event, { ...wish, expectedTotalMinor: 9 });
  assert.ok(repeat.kind === 'booking' && repeat.replayed && repeat.booking.totalMinor === 2_500);
});
