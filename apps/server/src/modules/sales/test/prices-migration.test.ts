import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { auditEvent, releaseBooking } from '../index.ts';
import { readBooking } from '../read-booking.ts';
import { systemClock } from '../../../platform/clock/index.ts';
import { uuidFromText } from '../../../platform/ids/index.ts';
import { anId, bookingIn, hold } from './buyers.ts';
import { createCode } from './promo.ts';
import { assertSound } from './recount.ts';
import { openEvent, openSales } from './support.ts';

const before = await openSales();
after(() => before.closeAll());

/** The tables as they were when a ticket type had one price. */
const TABLES_BEFORE = [
  'drop table sales.promo_codes, sales.promo_uses',
  'alter table sales.bookings drop column promo_code, drop column extra_minor, drop column charges',
  'alter table sales.ticket_types drop column rules',
  `alter table sales.heads drop constraint heads_scheduled, drop constraint heads_state, drop column pricing, drop column publish_at,
    drop column ends_at, drop column next_change_at,
    add constraint heads_state check (state in ('draft', 'published', 'on_sale', 'paused', 'ended', 'cancelled'))`,
];

test('bookings that were sold before keep their price, their repeats and their ledger, and the event sells on', async (context) => {
  const event = await openEvent(before, [
    { capacity: 10, terms: { priceMinor: 100 } },
    { capacity: 10, terms: { priceMinor: 250 } },
  ]);
  const lines = event.ticketTypeIds.map((ticketTypeId, index) => ({ ticketTypeId, quantity: index + 1 }));
  const wish = { buyerKey: anId(), idempotencyKey: anId(), lines };
  const held = bookingIn(await hold(before, event, wish));
  for (const text of TABLES_BEFORE) await before.db.query(text);
  await before.db.query(await readFile(join(import.meta.dirname, '../migrations/0004-prices.sql'), 'utf8'));
  // The servers of before have gone; one that was started after the migration answers.
  const now = await openSales({ url: before.url });
  context.after(() => now.closeAll());
  const at = { eventId: event.eventId, bookingId: held.id };
  assert.deepEqual((await readBooking(now, at))?.booking, held);
  const repeat = await hold(now, event, wish);
  assert.ok(repeat.kind === 'booking' && repeat.replayed);
  assert.deepEqual(repeat.booking, held);
  assert.equal(bookingIn(await hold(now, event)).totalMinor, 100);
  const released = await releaseBooking(now, { ...at, actor: { kind: 'organizer' }, idempotencyKey: anId() });
  assert.equal(bookingIn(released).state, 'released');
  await assertSound(now.db, event.eventId);
  assert.equal((await auditEvent({ db: now.db, clock: systemClock }, event.eventId, { full: true }))?.verdict, 'clean');
});

test('a plain basket has the fingerprint that it always had, and a code or a chosen price make it another', async () => {
  const event = await openEvent(before, [{ capacity: 10 }, { capacity: 10, terms: { isDonation: true } }]);
  const [first = '', second = ''] = event.ticketTypeIds.toSorted();
  const lines = [
    { ticketTypeId: second, quantity: 1 },
    { ticketTypeId: first, quantity: 2 },
    { ticketTypeId: second, quantity: 2 },
  ];
  const wish = { buyerKey: anId(), idempotencyKey: anId(), lines };
  assert.equal(bookingIn(await hold(before, event, wish)).fingerprint, uuidFromText(`${first}:2,${second}:3\nfalse\n`));
  const chosen = lines.map((line) => ({ ...line, chosenPriceMinor: 5 }));
  for (const other of [{ promoCode: 'HALF' }, { lines: chosen }, { confirm: true }]) {
    assert.equal((await hold(before, event, { ...wish, ...other })).kind, 'key_reused');
  }
  const priced = await openEvent(before, [{ capacity: 10, terms: { priceMinor: 100 } }]);
  for (const code of ['HALF', 'LESS']) await createCode(before, priced, code);
  const withCode = { buyerKey: anId(), idempotencyKey: anId(), promoCode: 'HALF' };
  assert.equal((await hold(before, priced, withCode)).kind, 'booking');
  assert.equal((await hold(before, priced, { ...withCode, promoCode: 'LESS' })).kind, 'key_reused');
});
