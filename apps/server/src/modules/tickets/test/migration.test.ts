import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { cancelBooking } from '../../sales/index.ts';
import { anId, bookingIn, hold } from '../../sales/test/buyers.ts';
import { openEvent, openSales } from '../../sales/test/support.ts';
import { ticketsOf } from '../lane/test/batches.ts';

// A sale that knows no tickets, as all did before.
const sales = await openSales();
after(() => sales.closeAll());

test('what was sold before there were tickets has its tickets, each with a secret of its own', async () => {
  const { db } = sales;
  const event = await openEvent(sales, [{ capacity: 10 }, { capacity: 10 }]);
  const { eventId } = event;
  const lines = event.ticketTypeIds.map((ticketTypeId, index) => ({ ticketTypeId, quantity: index + 1 }));
  const sold = bookingIn(await hold(sales, event, { lines, confirm: true }));
  const held = bookingIn(await hold(sales, event));
  const cancelled = bookingIn(await hold(sales, event, { confirm: true }));
  await cancelBooking(sales, { eventId, bookingId: cancelled.id, actor: { kind: 'organizer' }, idempotencyKey: anId() });
  assert.deepEqual(await ticketsOf(db, eventId, sold.id), []);
  await db.query('drop schema tickets cascade');
  await db.query(await readFile(join(import.meta.dirname, '../migrations/0001-tickets.sql'), 'utf8'));
  const tickets = await ticketsOf(db, eventId, sold.id);
  const [first, second] = sold.lines;
  assert.deepEqual(
    tickets.map(({ number, ticketTypeId, buyerKey, state }) => ({ number, ticketTypeId, buyerKey, state })),
    [first, second, second].map((line, index) => ({
      number: index + 1,
      ticketTypeId: line?.ticketTypeId,
      buyerKey: sold.buyerKey,
      state: 'valid',
    })),
  );
  assert.equal(new Set(tickets.map(({ secret }) => secret)).size, 3);
  for (const { id } of [held, cancelled]) assert.deepEqual(await ticketsOf(db, eventId, id), []);
});
