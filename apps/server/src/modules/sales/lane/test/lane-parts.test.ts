import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openLaneConnection, uuidArray, type Statement } from '../../../../platform/db/index.ts';
import { BatchFailed, executeBatch } from '../../../../platform/lane/execute-batch.ts';
import { anId, placeCommand, type EventUnderTest } from '../../test/buyers.ts';
import { countStates } from '../../test/recount.ts';
import { openEvent, openSales } from '../../test/support.ts';
import type { LanePart } from '../lane-part.ts';
import { LOCK_HEAD } from '../read-statements.ts';
import { buildSalePurpose } from '../sale-purpose.ts';

const sales = await openSales();
const connection = await openLaneConnection(sales.url);
await sales.db.query('create table seen (event_id uuid, booking_id uuid primary key)');
after(async () => {
  await connection.close();
  await sales.closeAll();
});

const INSERT_SEEN: Statement = { name: 'test_insert_seen', text: 'insert into seen select $1::uuid, unnest($2::uuid[])' };

/** Another module's part: it keeps which bookings were made. */
const part: LanePart = {
  write: ({ changes, add }) => {
    if (changes.newBookings.length > 0) add(INSERT_SEEN, uuidArray(changes.newBookings.map((booking) => booking.id)));
  },
};

async function place(event: EventUnderTest, bookingIds: readonly string[]): Promise<string[]> {
  const context = { lockStatement: LOCK_HEAD, purpose: buildSalePurpose([part]) };
  const commands = bookingIds.map((bookingId) => placeCommand(event, { bookingId }));
  const { outcomes } = await executeBatch(connection, { context, eventId: event.eventId, commands, lock: null });
  return outcomes.map((outcome) => outcome.kind);
}

async function readSeen(event: EventUnderTest): Promise<unknown[]> {
  return (await sales.db.queryRows('select booking_id from seen where event_id = $1 order by 1', [event.eventId])).map(([id]) => id);
}

test('a part writes in the transaction of the batch, and nothing where there is nothing for it', async () => {
  const event = await openEvent(sales, [{ capacity: 2 }]);
  const bookingIds = [anId(), anId()];
  assert.deepEqual(await place(event, bookingIds), ['booking', 'booking']);
  assert.deepEqual(await readSeen(event), bookingIds.toSorted());
  assert.deepEqual(await place(event, [anId()]), ['sold_out']);
  assert.deepEqual(await readSeen(event), bookingIds.toSorted());
});

test('where a part cannot write, the batch is not written either', async () => {
  const event = await openEvent(sales, [{ capacity: 2 }]);
  const bookingId = anId();
  await sales.db.query('insert into seen values ($1, $2)', [anId(), bookingId]);
  await assert.rejects(place(event, [bookingId]), (error) => error instanceof BatchFailed && error.at === 'write');
  assert.deepEqual(await countStates(sales.db, event.eventId), {});
  assert.deepEqual(await readSeen(event), []);
});
