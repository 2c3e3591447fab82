import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { hold, placeCommand } from './buyers.ts';
import { openEvent, openSales } from './support.ts';

const sales = await openSales();
after(() => sales.closeAll());

const LINES = 'select * from sales.booking_lines order by event_id, booking_id, ticket_type_id';

/** How lines were kept before: a table of their own. */
const TABLE_BEFORE = [
  'create table public.lines as select * from sales.booking_lines',
  'drop view sales.booking_lines',
  'alter table public.lines rename to booking_lines',
  'alter table public.booking_lines set schema sales',
  'alter table sales.bookings drop column line_ticket_type_ids, drop column line_quantities, drop column line_unit_prices_minor',
];

test('bookings that were sold before keep their lines', async () => {
  const event = await openEvent(sales, [
    { capacity: 10, terms: { priceMinor: 100 } },
    { capacity: 10, terms: { priceMinor: 250 } },
  ]);
  const lines = event.ticketTypeIds.map((ticketTypeId, index) => ({ ticketTypeId, quantity: index + 1 }));
  await sales.lanes.submit(event.eventId, placeCommand(event, { lines }));
  await hold(sales, event);
  const before = await sales.db.query(LINES);
  assert.equal(before.length, 3);
  for (const text of TABLE_BEFORE) await sales.db.query(text);
  const migration = await readFile(join(import.meta.dirname, '../migrations/0003-lines-in-bookings.sql'), 'utf8');
  await sales.db.query(migration);
  assert.deepEqual(await sales.db.query(LINES), before);
  await hold(sales, event);
  assert.equal((await sales.db.query(LINES)).length, 4, 'and it sells on');
});
