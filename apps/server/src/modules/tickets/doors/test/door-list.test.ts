import assert from 'node:assert/strict';
import { hash, randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import type { DoorTicket } from '@tessera/contract';
import { openDoors, type DoorEvent } from './support.ts';

const doors = await openDoors();
after(() => doors.close());

type Page = { data: DoorTicket[]; has_more: boolean; cursor: string };
const page = async (event: DoorEvent, query: string) => (await doors.send<Page>(`${event.path}/door-list?${query}`)).body;

test('a door reads all tickets page by page, then what has changed since', async () => {
  const event = await doors.newEvent();
  const sold = [...(await doors.sell(event, 3)), ...(await doors.sell(event, 4))];
  const first = await page(event, 'limit=4');
  const second = await page(event, `limit=4&starting_after=${first.data.at(-1)?.id}`);
  assert.deepEqual([first.data.length, first.has_more, second.data.length, second.has_more], [4, true, 3, false]);
  const listed = [...first.data, ...second.data];
  assert.deepEqual(listed.map(({ id }) => id).sort(), sold.map(({ id }) => id).sort());
  for (const { id, secret, issue } of sold) {
    const digest = hash('sha256', Buffer.from(secret.replaceAll('-', ''), 'hex'), 'buffer');
    const ticket = listed.find((one) => one.id === id);
    assert.deepEqual(ticket, {
      ...{ id, issue, state: 'valid', holder_name: null, ticket_type_id: event.ticketTypeId },
      ...{ admitted_at: null, left_at: null, gate_id: null },
      secret_check: digest.subarray(0, 12).toString('base64url'),
    });
  }
  assert.deepEqual(await page(event, `since=${first.cursor}`), { data: [], has_more: false, cursor: first.cursor });

  await doors.send(`${event.path}/check-ins`, { body: { scan_id: randomUUID(), code: sold[0]!.code } });
  const later = await doors.sell(event, 1);
  const changes = await page(event, `since=${first.cursor}`);
  const changedIds = changes.data.map(({ id }) => id);
  assert.ok(changedIds.includes(later[0]!.id), 'a new ticket');
  assert.ok(changes.data.find(({ id }) => id === sold[0]!.id)?.admitted_at, 'an admission');
  assert.ok(!changedIds.includes(sold[5]!.id), 'and nothing of a booking that nobody touched');
  assert.deepEqual((await page(event, `since=${changes.cursor}`)).data, []);
});

test('a place that is none is refused', async () => {
  const event = await doors.newEvent();
  const statusOf = async (query: string) => (await doors.send(`${event.path}/door-list?${query}`)).status;
  assert.equal(await statusOf('starting_after=tkt_unknown'), 400);
  assert.equal(await statusOf('since=never'), 400);
  const [ticket] = await doors.sell(event, 1);
  assert.equal(await statusOf(`since=1&starting_after=${ticket!.id}`), 400);
});
