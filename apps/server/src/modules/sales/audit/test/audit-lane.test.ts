import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { systemClock } from '../../../../platform/clock/index.ts';
import { newUuid } from '../../../../platform/ids/index.ts';
import {
  cancelBooking,
  configure,
  confirmBooking,
  expireDueEvents,
  placeBooking,
  releaseBooking,
  type BookingOutcome,
} from '../../index.ts';
import { anId, bookingIn } from '../../test/buyers.ts';
import { openEvent, openSales } from '../../test/support.ts';
import { auditEvent } from '../audit-event.ts';
import { buildRandom } from './random-sale.ts';

/** The audit and the lane must read the ledger alike: whatever the lane does, a sound event is clean. */
const sales = await openSales();
after(() => sales.closeAll());

const deps = { db: sales.db, clock: systemClock };
const registered = () => ({ commandId: newUuid(systemClock.nowMs()), fingerprint: anId() });

async function assertClean(eventId: string, pageMax: number): Promise<void> {
  for (const full of [true, false]) {
    const report = await auditEvent(deps, eventId, { full, pageMax });
    assert.deepEqual([report?.verdict, report?.problems], ['clean', []]);
  }
}

test('whatever the lane does is clean', async () => {
  const event = await openEvent(sales, [{ capacity: 60 }, { capacity: 40 }, { capacity: 50 }], { holdLengthMs: 1_000 });
  const { eventId, ticketTypeIds } = event;
  const [first = '', second = '', third = ''] = ticketTypeIds;
  const quotaId = anId();
  await configure(sales, eventId, { ...registered(), kind: 'create-quota', quotaId, capacity: 90, ticketTypeIds: [first, second] });
  await configure(sales, eventId, { ...registered(), kind: 'set-aside', ticketTypeId: third, quantity: 5 });
  const random = buildRandom('lane');
  const buyers = Array.from({ length: 15 }, anId);
  const place = (confirm: boolean) =>
    placeBooking(sales, {
      eventId,
      buyerKey: buyers[random(buyers.length)]!,
      idempotencyKey: anId(),
      lines: ticketTypeIds.slice(random(3)).map((ticketTypeId) => ({ ticketTypeId, quantity: 1 + random(3) })),
      accessCode: null,
      confirm,
      isGone: () => false,
    });
  for (let round = 0; round < 5; round += 1) {
    const placed = await Promise.all(Array.from({ length: 12 }, (_, index) => place(index % 4 === 0)));
    const bookings = placed.filter((outcome): outcome is BookingOutcome => outcome.kind === 'booking').map(bookingIn);
    const commands = bookings.map((booking, index) => {
      const request = { eventId, bookingId: booking.id, actor: { kind: 'organizer' } as const, idempotencyKey: anId() };
      if (booking.state === 'confirmed') return cancelBooking(sales, request);
      return index % 2 === 0 ? confirmBooking(sales, { ...request, tender: 'external' }) : releaseBooking(sales, request);
    });
    await Promise.all([...commands.slice(1), assertClean(eventId, 7)]);
    await configure(sales, eventId, {
      ...registered(),
      kind: 'change-quota',
      quotaId,
      capacity: 95 + round,
      ticketTypeIds: round % 2 === 0 ? [second, third] : [first],
    });
  }
  await assertClean(eventId, 1_000);
});

test('what expires and is taken again is clean', async () => {
  const event = await openEvent(sales, [{ capacity: 10 }], { holdLengthMs: 1_000 });
  const request = { eventId: event.eventId, buyerKey: anId(), accessCode: null, confirm: false, isGone: () => false };
  const lines = [{ ticketTypeId: event.ticketTypeIds[0]!, quantity: 3 }];
  const booking = bookingIn(await placeBooking(sales, { ...request, idempotencyKey: anId(), lines }));
  await sales.db.query("update sales.bookings set expires_at = now() - interval '1 second' where event_id = $1", [event.eventId]);
  assert.equal(await expireDueEvents(sales), 1);
  await assertClean(event.eventId, 2);
  const late = {
    eventId: event.eventId,
    bookingId: booking.id,
    actor: { kind: 'organizer' } as const,
    idempotencyKey: anId(),
    tender: 'external' as const,
  };
  assert.equal(bookingIn(await confirmBooking(sales, late)).state, 'confirmed');
  await assertClean(event.eventId, 2);
});
