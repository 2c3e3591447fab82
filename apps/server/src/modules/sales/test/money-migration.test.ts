import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { systemClock } from '../../../platform/clock/index.ts';
import { auditEvent, cancelBooking, confirmBooking, releaseBooking } from '../index.ts';
import { readBooking } from '../read-booking.ts';
import { anId, bookingIn, hold } from './buyers.ts';
import { makeDue } from './make-due.ts';
import { giveBack, goToPay, pay } from './money.ts';
import { assertSound, countStates } from './recount.ts';
import { openEvent, openSales } from './support.ts';

const before = await openSales();
after(() => before.closeAll());

/** The tables as they were when a booking knew nothing of money. */
const TABLES_BEFORE = [
  `alter table sales.bookings drop constraint bookings_money, drop constraint bookings_tender, drop constraint bookings_dispute,
    drop constraint bookings_state`,
  `alter table sales.bookings drop column payment_ref, drop column tender, drop column paid_minor, drop column refunded_minor,
    drop column refunded_extra_minor, drop column disputed_minor, drop column dispute, drop column returned`,
  "alter table sales.bookings add constraint bookings_state check (state in ('held', 'confirmed', 'released', 'expired', 'cancelled'))",
  'drop index sales.bookings_due',
  "create index bookings_due on sales.bookings (expires_at, event_id, id) where state = 'held'",
  'alter table sales.heads drop column transfer_seq',
];

test('bookings of before stay as they are, are released, paid for, cancelled and given back, and fall due', async (context) => {
  const event = await openEvent(before, [{ capacity: 20, terms: { priceMinor: 100 } }]);
  const held = await Promise.all(Array.from({ length: 4 }, async () => bookingIn(await hold(before, event, { quantity: 2 }))));
  const [first, second, third, fourth] = held;
  assert.ok(first && second && third && fourth);
  const by = { eventId: event.eventId, actor: { kind: 'organizer' } as const };
  const key = anId();
  const sold = bookingIn(await hold(before, event));
  await confirmBooking(before, { ...by, bookingId: sold.id, idempotencyKey: key, tender: 'external' });
  for (const text of TABLES_BEFORE) await before.db.query(text);
  await before.db.query(await readFile(join(import.meta.dirname, '../migrations/0005-money.sql'), 'utf8'));

  // The servers of before have gone; one that was started after the migration answers.
  const now = await openSales({ url: before.url });
  context.after(() => now.closeAll());
  for (const booking of held) assert.deepEqual((await readBooking(now, { ...by, bookingId: booking.id }))?.booking, booking);
  const repeat = await confirmBooking(now, { ...by, bookingId: sold.id, idempotencyKey: key, tender: 'external' });
  assert.ok(repeat.kind === 'booking' && repeat.replayed && repeat.booking.state === 'confirmed', 'a repeat is one still');
  assert.deepEqual([repeat.booking.tender, repeat.booking.paidMinor], [null, 0], 'what was sold outside of Tessera is not in its books');
  assert.equal(bookingIn(await releaseBooking(now, { ...by, bookingId: first.id, idempotencyKey: anId() })).state, 'released');
  await goToPay(now, event, second);
  assert.equal(bookingIn(await pay(now, event, second)).paidMinor, 200);
  assert.equal(bookingIn(await giveBack(now, event, second, { tickets: [1] })).state, 'partially_refunded');
  await goToPay(now, event, third);
  await makeDue(now.db, event.eventId);
  assert.equal((await now.lanes.submit(event.eventId, { kind: 'expire', everything: false })).kind, 'expired');
  assert.deepEqual(await countStates(now.db, event.eventId), { released: 1, partially_refunded: 1, expired: 2, confirmed: 1 });
  assert.equal(bookingIn(await cancelBooking(now, { ...by, bookingId: sold.id, idempotencyKey: anId() })).state, 'cancelled');
  await assertSound(now.db, event.eventId);
  assert.equal((await auditEvent({ db: now.db, clock: systemClock }, event.eventId, { full: true }))?.verdict, 'clean');
});
