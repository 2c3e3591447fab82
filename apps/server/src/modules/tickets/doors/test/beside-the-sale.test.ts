import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import type { CheckIn } from '@tessera/contract';
import { formatCellId } from '../../../../platform/ids/index.ts';
import { assertDoorsSound } from './recount.ts';
import { openDoors } from './support.ts';

const doors = await openDoors({ servers: 2 });
after(() => doors.close());

test('a ticket that is scanned while its booking is cancelled is let in before, or not at all', async () => {
  const event = await doors.newEvent();
  for (let round = 0; round < 30; round += 1) {
    const [ticket] = await doors.sell(event, 1);
    const cancel = `/internal/bookings/${formatCellId('bkg', event.uuid, ticket!.bookingId)}/cancel`;
    const [scanned, cancelled] = await Promise.all([
      doors.send<CheckIn>(`${event.path}/check-ins`, { body: { scan_id: randomUUID(), code: ticket!.code }, server: round % 2 }),
      doors.send(cancel, { body: {}, server: (round >> 1) % 2 }),
    ]);
    assert.equal(cancelled.status, 200);
    assert.match(scanned.body.outcome, /^(admitted|revoked)$/);
    const again = await doors.send<CheckIn>(`${event.path}/check-ins`, { body: { scan_id: randomUUID(), code: ticket!.code } });
    assert.equal(again.body.outcome, 'revoked');
  }
  // Times are whole milliseconds, and two batches may have the same.
  const late = await doors.db.query('select 1 from tickets.tickets where event_id = $1 and admitted_at > revoked_at', [event.uuid]);
  assert.deepEqual(late, []);
  await assertDoorsSound(doors.db, event.uuid);
});

test('of a test event that is purged nothing is left at the doors', async () => {
  const event = await doors.newEvent();
  const [ticket] = await doors.sell(event, 1);
  const gate = await doors.send<{ id: string }>(`${event.path}/gates`, { body: { name: 'North' } });
  await doors.send(`${event.path}/check-ins`, { body: { scan_id: randomUUID(), code: ticket!.code, gate_id: gate.body.id } });
  await doors.send(`${event.path}/guests`, { body: { name: 'Ada', ticket_type_id: event.ticketTypeId, quantity: 1 } });
  const tables = ['check_ins', 'gates', 'gate_counts', 'desk_bookings', 'tickets'];
  const counts = async (): Promise<number[]> => {
    const counted = tables.map((table) => `(select count(*) from tickets.${table} where event_id = $1)::int as ${table}`);
    const [row] = await doors.db.query<Record<string, number>>(`select ${counted.join(', ')}`, [event.uuid]);
    return tables.map((table) => row?.[table] ?? -1);
  };
  assert.deepEqual(await counts(), [1, 1, 1, 1, 2]);
  await doors.db.query('update catalog.events set is_test = true, listed = false where event_id = $1', [event.uuid]);
  const [, organization] = /^(.*)\/events\//.exec(event.path) ?? [];
  assert.equal((await doors.send(`${organization}/test-data`, { method: 'DELETE' })).status, 200);
  assert.deepEqual(await counts(), [0, 0, 0, 0, 0]);
  const scan = await doors.send(`${event.path}/check-ins`, { body: { scan_id: randomUUID(), code: ticket!.code } });
  assert.equal(scan.status, 404);
});
