import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import type { CheckIn } from '@tessera/contract';
import { assertDoorsSound } from './recount.ts';
import { codeOf, openDoors, type DoorEvent, type SoldTicket } from './support.ts';

const doors = await openDoors({ servers: 2 });
after(() => doors.close());

type Scan = { scan_id?: string; code?: string; ticket_id?: string; gate_id?: string | null; direction?: string; device?: string };

async function scan(event: DoorEvent, ticket: SoldTicket | null, body: Scan = {}, server = 0) {
  const sent = { scan_id: randomUUID(), ...(ticket && body.code === undefined && { code: ticket.code }), ...body };
  return doors.send<CheckIn>(`${event.path}/check-ins`, { body: sent, server });
}

const outcomeOf = async (asked: ReturnType<typeof scan>) => {
  const { status, body } = await asked;
  assert.equal(status, 200, JSON.stringify(body));
  return body.outcome;
};

test('of 50 scans of one ticket at two servers one lets in, and 49 say where, by whom and when', async () => {
  const event = await doors.newEvent();
  const [ticket] = await doors.sell(event, 1);
  const { body: gate } = await doors.send<{ id: string }>(`${event.path}/gates`, { body: { name: 'North' } });
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, number) => scan(event, ticket!, { gate_id: gate.id, device: `scanner ${number}` }, number % 2)),
  );
  assert.ok(answers.every(({ status }) => status === 200));
  const [winner, ...others] = answers.map(({ body }) => body).filter(({ outcome }) => outcome === 'admitted');
  assert.ok(winner);
  assert.deepEqual(others, []);
  const doubles = answers.map(({ body }) => body).filter(({ outcome }) => outcome === 'already_admitted');
  assert.equal(doubles.length, 49);
  for (const { admission } of doubles) {
    assert.deepEqual(admission, { scan_id: winner.scan_id, gate_id: gate.id, by: 'platform', by_name: null, at: winner.scanned_at });
  }
  const { body: counts } = await doors.send(`${event.path}/door-counts`);
  const counted = { admitted: 1, left: 0, doubles: 49, refused: 0 };
  assert.deepEqual(counts, {
    total: { ...counted, present: 1, sold: 1 },
    ticket_types: [{ ticket_type_id: event.ticketTypeId, ...counted, present: 1, sold: 1 }],
    gates: [{ gate_id: gate.id, ...counted }],
  });
  await assertDoorsSound(doors.db, event.uuid);
});

test('the same scan is the same, however often it is sent and wherever', async () => {
  const event = await doors.newEvent();
  const [ticket, other] = await doors.sell(event, 2);
  const scanId = randomUUID().toUpperCase();
  const answers = await Promise.all(Array.from({ length: 10 }, (_, number) => scan(event, ticket!, { scan_id: scanId }, number % 2)));
  assert.deepEqual(new Set(answers.map(({ body }) => body.outcome)), new Set(['admitted']));
  assert.equal(answers.filter(({ body }) => !body.replayed).length, 1);
  assert.equal(await outcomeOf(scan(event, ticket!)), 'already_admitted');
  const again = await scan(event, ticket!, { scan_id: scanId });
  assert.deepEqual([again.body.outcome, again.body.replayed], ['admitted', true]);
  const reused = await scan(event, other!, { scan_id: scanId });
  assert.deepEqual([reused.status, (reused.body as unknown as { code: string }).code], [422, 'CHECK_IN_SCAN_REUSED']);
  await assertDoorsSound(doors.db, event.uuid);
});

test('codes that are copied, altered, out of date, revoked, of nobody or of another event', async () => {
  const [event, another] = [await doors.newEvent(), await doors.newEvent()];
  const [first, second, third] = await doors.sell(event, 3);
  const [foreign] = await doors.sell(another, 1);
  assert.equal(await outcomeOf(scan(event, foreign!)), 'other_event');
  assert.equal(await outcomeOf(scan(event, null, { ticket_id: foreign!.id })), 'other_event');
  assert.equal(await outcomeOf(scan(event, null, { code: 'https://example.org/?a=b' })), 'unreadable');
  assert.equal(await outcomeOf(scan(event, null, { code: codeOf({ ...first!, eventId: event.uuid, secret: randomUUID() }) })), 'altered');
  assert.equal(await outcomeOf(scan(event, null, { code: codeOf({ ...first!, eventId: event.uuid, issue: 9 }) })), 'altered');
  assert.equal(
    await outcomeOf(scan(event, null, { code: codeOf({ ...first!, eventId: event.uuid, bookingId: randomUUID() }) })),
    'unknown',
  );
  assert.equal(await outcomeOf(scan(event, null, { code: codeOf({ ...first!, eventId: event.uuid, number: 4 }) })), 'unknown');
  await doors.db.query(
    `update tickets.tickets set secret = gen_random_uuid(), issue = 2 where event_id = $1 and booking_id = $2 and number = 1`,
    [event.uuid, first!.bookingId],
  );
  assert.equal(await outcomeOf(scan(event, first!)), 'superseded');
  const [reissued] = await doors.ticketsOf(event, first!.bookingId);
  assert.equal(await outcomeOf(scan(event, reissued!)), 'admitted');
  await doors.db.query(
    `update tickets.tickets set state = 'revoked', revoked_at = now(), revoked_reason = 'refund' where event_id = $1 and booking_id = $2 and number = 2`,
    [event.uuid, second!.bookingId],
  );
  const revoked = await scan(event, second!);
  assert.deepEqual([revoked.body.outcome, revoked.body.reason, revoked.body.standing], ['revoked', 'refund', 'refused']);
  assert.equal(await outcomeOf(scan(event, third!)), 'admitted');
  assert.equal(await outcomeOf(scan(event, { ...third! })), 'already_admitted', 'a copy');
  const { body: counts } = await doors.send<{ total: unknown }>(`${event.path}/door-counts`);
  assert.deepEqual(counts.total, { admitted: 2, left: 0, doubles: 1, refused: 9, present: 2, sold: 3 });
  await assertDoorsSound(doors.db, event.uuid);
});

test('undone, a ticket can be scanned again, and the scan says by whom and why', async () => {
  const event = await doors.newEvent();
  const [ticket] = await doors.sell(event, 1);
  const { body: admitted } = await scan(event, ticket!);
  const undo = (scanId: string, reason = 'wrong person') =>
    doors.send<CheckIn>(`${event.path}/check-ins/${scanId}/undo`, { body: { reason } });
  const undone = await undo(admitted.scan_id);
  assert.deepEqual(
    [undone.status, undone.body.outcome, undone.body.undone?.by, undone.body.undone?.reason],
    [200, 'undone', 'platform', 'wrong person'],
  );
  assert.equal((await undo(admitted.scan_id, 'again')).body.undone?.reason, 'wrong person');
  const repeat = await scan(event, ticket!, { scan_id: admitted.scan_id });
  assert.deepEqual([repeat.body.outcome, repeat.body.standing, repeat.body.replayed], ['undone', 'undone', true]);
  assert.equal(await outcomeOf(scan(event, ticket!)), 'admitted');
  const double = await scan(event, ticket!);
  assert.equal((await undo(double.body.scan_id)).status, 409);
  assert.equal((await undo(randomUUID())).status, 404);
  assert.equal((await undo('nothing')).status, 404);
  const { body: list } = await doors.send<{ data: CheckIn[] }>(`${event.path}/check-ins?standing=undone`);
  assert.deepEqual(
    list.data.map((one) => one.scan_id),
    [admitted.scan_id],
  );
  const facts = await doors.db.query<{ type: string }>(
    `select type from facts.facts where event_id = $1 and type like 'ticket.%' order by seq`,
    [event.uuid],
  );
  assert.deepEqual(
    facts.map(({ type }) => type),
    ['ticket.checked_in', 'ticket.check_in_undone', 'ticket.checked_in'],
  );
  await assertDoorsSound(doors.db, event.uuid);
});

test('who leaves comes again; by hand, a ticket is let in without its code', async () => {
  const event = await doors.newEvent();
  const [ticket] = await doors.sell(event, 1);
  const byHand = await scan(event, null, { ticket_id: ticket!.id });
  assert.deepEqual([byHand.body.outcome, byHand.body.by_hand], ['admitted', true]);
  assert.equal(await outcomeOf(scan(event, ticket!, { direction: 'out' })), 'left');
  assert.equal(await outcomeOf(scan(event, ticket!, { direction: 'out' })), 'not_inside');
  assert.equal(await outcomeOf(scan(event, ticket!)), 'admitted');
  const { body: counts } = await doors.send<{ total: unknown }>(`${event.path}/door-counts`);
  assert.deepEqual(counts.total, { admitted: 2, left: 1, doubles: 0, refused: 1, present: 1, sold: 1 });
  await assertDoorsSound(doors.db, event.uuid);
});

test('a scan that says nothing, or two things, is refused', async () => {
  const event = await doors.newEvent();
  const [ticket] = await doors.sell(event, 1);
  assert.equal((await scan(event, null)).status, 400);
  assert.equal((await scan(event, ticket!, { ticket_id: ticket!.id })).status, 400);
  assert.equal((await scan(event, ticket!, { scan_id: 'one' })).status, 400);
});
