import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import type { BulkCheckIn, CheckIn } from '@tessera/contract';
import fc from 'fast-check';
import { assertDoorsSound } from './recount.ts';
import { openDoors, type DoorEvent, type SoldTicket } from './support.ts';

const doors = await openDoors({ servers: 2 });
after(() => doors.close());

const MINUTE_MS = 60_000;

/** `agoMs`: when it really happened. */
type Offline = { ticket: SoldTicket; agoMs: number; scanId?: string; gate?: string };

/** A door whose clock is off by so much hands in what it has scanned. */
async function upload(event: DoorEvent, scans: readonly Offline[], { skewMs = 0, server = 0 } = {}): Promise<BulkCheckIn[]> {
  const nowMs = Date.now();
  const answer = await doors.send<{ data: BulkCheckIn[] }>(`${event.path}/check-ins/bulk`, {
    server,
    body: {
      device: `off by ${skewMs} ms`,
      device_now: new Date(nowMs + skewMs).toISOString(),
      scans: scans.map(({ ticket, agoMs, scanId = randomUUID(), gate }) => ({
        scan_id: scanId,
        code: ticket.code,
        scanned_at: new Date(nowMs + skewMs - agoMs).toISOString(),
        ...(gate !== undefined && { gate_id: gate }),
      })),
    },
  });
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return answer.body.data;
}

const outcomes = (answers: readonly BulkCheckIn[]) => answers.map(({ check_in: checkIn, problem }) => checkIn?.outcome ?? problem?.code);

async function standings(event: DoorEvent): Promise<Map<string, string>> {
  const rows = await doors.db.query<{ id: string; standing: string }>(
    'select scan_id as id, standing from tickets.check_ins where event_id = $1',
    [event.uuid],
  );
  return new Map(rows.map(({ id, standing }) => [id, standing]));
}

test('of doors whose clocks are off by ten minutes, the first scan wins by its time', async () => {
  const event = await doors.newEvent();
  const [ticket] = await doors.sell(event, 1);
  const ids = Array.from({ length: 4 }, () => randomUUID());
  const online = await doors.send<CheckIn>(`${event.path}/check-ins`, { body: { scan_id: ids[0], code: ticket!.code } });
  assert.equal(online.body.outcome, 'admitted');
  const slow = await upload(event, [{ ticket: ticket!, agoMs: 5 * MINUTE_MS, scanId: ids[1]! }], { skewMs: -10 * MINUTE_MS });
  assert.deepEqual(
    [slow[0]?.check_in?.outcome, slow[0]?.check_in?.conflict, slow[0]?.check_in?.admission?.scan_id],
    ['admitted', 'displaced', ids[0]],
  );
  const fast = await upload(event, [{ ticket: ticket!, agoMs: 4 * MINUTE_MS, scanId: ids[2]! }], { skewMs: 10 * MINUTE_MS, server: 1 });
  assert.deepEqual([fast[0]?.check_in?.outcome, fast[0]?.check_in?.admission?.scan_id], ['already_admitted', ids[1]]);
  const first = await upload(event, [{ ticket: ticket!, agoMs: 6 * MINUTE_MS, scanId: ids[3]! }], { skewMs: 10 * MINUTE_MS, server: 1 });
  assert.equal(first[0]?.check_in?.conflict, 'displaced');
  assert.deepEqual(
    await standings(event),
    new Map([
      [ids[0], 'double'],
      [ids[1], 'double'],
      [ids[2], 'double'],
      [ids[3], 'admitted'],
    ]),
  );
  const { body: list } = await doors.send<{ data: CheckIn[]; has_more: boolean }>(`${event.path}/check-ins?standing=double&limit=2`);
  assert.deepEqual([list.data.map((one) => one.scan_id), list.has_more], [[ids[2], ids[1]], true]);
  const { body: rest } = await doors.send<{ data: CheckIn[]; has_more: boolean }>(
    `${event.path}/check-ins?standing=double&limit=2&starting_after=${list.data.at(-1)?.scan_id}`,
  );
  assert.deepEqual(
    [rest.data.map((one) => [one.scan_id, one.outcome, one.standing]), rest.has_more],
    [[[ids[0], 'admitted', 'double']], false],
  );
  await assertDoorsSound(doors.db, event.uuid);
});

test('an upload that is sent again, whole or in parts, has the outcomes that it had', async () => {
  const event = await doors.newEvent();
  const tickets = await doors.sell(event, 3);
  const scans = tickets.flatMap((ticket) => [
    { ticket, agoMs: 3 * MINUTE_MS, scanId: randomUUID() },
    { ticket, agoMs: 2 * MINUTE_MS, scanId: randomUUID() },
  ]);
  const once = await upload(event, scans);
  assert.deepEqual(outcomes(once), ['admitted', 'already_admitted', 'admitted', 'already_admitted', 'admitted', 'already_admitted']);
  const [again, part] = await Promise.all([upload(event, scans), upload(event, scans.slice(2, 4), { server: 1 })]);
  assert.deepEqual(
    again,
    once.map((one) => ({ ...one, check_in: { ...one.check_in, replayed: true } })),
  );
  assert.deepEqual(part, again.slice(2, 4));
  const twice = await upload(event, [scans[0]!, scans[0]!, { ...scans[0]!, ticket: tickets[1]! }]);
  assert.deepEqual(outcomes(twice), ['admitted', 'admitted', 'CHECK_IN_SCAN_REUSED']);
  await assertDoorsSound(doors.db, event.uuid);
});

test('a thousand scans in one upload, the later ones first', async () => {
  const event = await doors.newEvent();
  const tickets = [...(await doors.sell(event, 500))];
  const scans = [
    ...tickets.map((ticket) => ({ ticket, agoMs: MINUTE_MS })),
    ...tickets.map((ticket) => ({ ticket, agoMs: 2 * MINUTE_MS })),
  ];
  const answers = await upload(event, scans);
  assert.deepEqual(new Set(outcomes(answers.slice(0, 500))), new Set(['already_admitted']));
  assert.deepEqual(new Set(outcomes(answers.slice(500))), new Set(['admitted']));
  assert.equal(
    (await doors.send(`${event.path}/check-ins/bulk`, { body: { device_now: new Date().toISOString(), scans: [] } })).status,
    400,
  );
  await assertDoorsSound(doors.db, event.uuid);
});

test('uploads of doors with wrong clocks, in any parts and order, at two servers: the earliest scan of each ticket stands', async () => {
  const scan = fc.record({ ticket: fc.nat(4), agoMinutes: fc.integer({ min: 1, max: 600 }) });
  const device = fc.record({
    skewMs: fc.integer({ min: -10 * MINUTE_MS, max: 10 * MINUTE_MS }),
    scans: fc.array(scan, { minLength: 1, maxLength: 12 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(device, { minLength: 1, maxLength: 4 }), async (devices) => {
      const event = await doors.newEvent();
      const tickets = await doors.sell(event, 5);
      // Uploads take a moment each: times stand apart by more than that.
      const used = new Set<string>();
      const seen = new Map<number, { id: string; agoMinutes: number }[]>();
      const uploads = devices.map(({ skewMs, scans }, number) => {
        const own = scans.flatMap(({ ticket, agoMinutes }) => {
          if (used.has(`${ticket} ${agoMinutes}`)) return [];
          used.add(`${ticket} ${agoMinutes}`);
          const scanId = randomUUID();
          seen.set(ticket, [...(seen.get(ticket) ?? []), { id: scanId, agoMinutes }]);
          return [{ ticket: tickets[ticket]!, agoMs: agoMinutes * MINUTE_MS, scanId }];
        });
        return own.length === 0 ? [] : upload(event, own, { skewMs, server: number % 2 });
      });
      await Promise.all(uploads);
      const standing = await standings(event);
      for (const scans of seen.values()) {
        const earliest = scans.reduce((one, other) => (other.agoMinutes > one.agoMinutes ? other : one));
        for (const { id } of scans) assert.equal(standing.get(id), id === earliest.id ? 'admitted' : 'double');
      }
      await assertDoorsSound(doors.db, event.uuid);
    }),
    { numRuns: 15 },
  );
});
