import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { DoorCommand } from '../../commands.ts';
import { ticketKey } from '../state.ts';
import { BOOKING, FakeDoors, gateOf, offlineScan, recount, scanOf, ticketOf, uuid } from './fake-doors.ts';

const MINUTE_MS = 60_000;
const TICKETS = 3;

type Step = { kind: 'scan' | 'undo'; id: number; ticket: number; ageMs: number; direction: 'in' | 'out'; gate: number };

const step = fc.record<Step>({
  kind: fc.constantFrom('scan', 'scan', 'scan', 'undo'),
  id: fc.integer({ min: 1, max: 30 }),
  ticket: fc.integer({ min: 1, max: TICKETS }),
  ageMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 30 * MINUTE_MS })),
  direction: fc.constantFrom('in', 'in', 'in', 'out'),
  gate: fc.integer({ min: 0, max: 2 }),
});

function idsFrom(first: number): () => number {
  let next = first;
  return () => next++;
}

/** Batches, with the time that passes after each. */
const batches = (of: fc.Arbitrary<Step>) =>
  fc.array(fc.record({ steps: fc.array(of, { maxLength: 8 }), passMs: fc.integer({ min: 0, max: 10 * MINUTE_MS }) }), { maxLength: 12 });

function commandOf({ kind, id, ticket, ageMs, direction, gate }: Step): DoorCommand {
  if (kind === 'undo') return { kind, scanId: uuid(id), by: 'per_9', reason: 'generated' };
  const change = {
    subject: { kind: 'ticket' as const, bookingId: BOOKING, number: ticket, shown: null },
    ...{ direction, gateId: gate === 0 ? null : uuid(900 + gate), fingerprint: uuid(100 * ticket + (direction === 'in' ? 1 : 2)) },
  };
  return ageMs === 0 ? scanOf(id, change) : offlineScan(id, ageMs, change);
}

const threeTickets = () =>
  new FakeDoors(
    Array.from({ length: TICKETS }, (_, index) => ticketOf({ number: index + 1 })),
    [gateOf({ id: uuid(901) }), gateOf({ id: uuid(902) })],
  );

test('counters are the recount, scans are kept, and each ticket has the admission that stands', () => {
  fc.assert(
    fc.property(batches(step), (generated) => {
      const doors = threeTickets();
      const answered = new Map<string, string>();
      for (const { steps, passMs } of generated) {
        const before = new Map(doors.checkIns);
        const outcomes = doors.run(...steps.map(commandOf));
        for (const outcome of outcomes) {
          if (outcome.kind !== 'scanned') continue;
          const { scanId, verdict } = outcome.checkIn;
          const told = JSON.stringify(verdict);
          assert.equal(answered.get(scanId) ?? told, told, 'a repeat has the same outcome');
          answered.set(scanId, told);
        }
        for (const [id, { verdict }] of before) assert.deepEqual(doors.checkIns.get(id)?.verdict, verdict, 'what was answered stays');
        doors.nowMs += passMs;
      }
      assert.equal(doors.checkIns.size, answered.size);
      const nothing = { admitted: 0, left: 0, doubles: 0, refused: 0 };
      const counted = recount(doors.checkIns.values());
      for (const key of new Set([...counted.keys(), ...doors.counts.keys()])) {
        assert.deepEqual(doors.counts.get(key) ?? nothing, counted.get(key) ?? nothing, key);
      }
      for (const { admission } of doors.tickets.values()) {
        if (admission) assert.equal(doors.checkIns.get(admission.scanId)?.standing, 'admitted');
      }
      const inside = [...doors.tickets.values()].filter(({ admission, leftAtMs }) => admission && leftAtMs === null).length;
      const standing = [...doors.checkIns.values()];
      const count = (name: string) => standing.filter((checkIn) => checkIn.standing === name).length;
      assert.equal(count('admitted') - count('left'), inside, 'who was let in and has not left is inside');
    }),
    { numRuns: 2000 },
  );
});

test('where nobody leaves and nothing is undone, the earliest scan of a ticket stands alone, in whatever batches they arrive', () => {
  const onlyIn = step.map((made): Step => ({ ...made, kind: 'scan', direction: 'in' }));
  fc.assert(
    fc.property(batches(onlyIn), (generated) => {
      const doors = threeTickets();
      const ids = idsFrom(1);
      /** The model: the scans of each ticket with their times. */
      const seen = new Map<number, { scanId: string; atMs: number }[]>();
      for (const { steps, passMs } of generated) {
        const fresh = steps.map((made) => ({ ...made, id: ids() }));
        doors.run(...fresh.map(commandOf));
        for (const made of fresh) {
          const scan = { scanId: uuid(made.id), atMs: doors.nowMs - made.ageMs };
          seen.set(made.ticket, [...(seen.get(made.ticket) ?? []), scan]);
        }
        doors.nowMs += passMs;
      }
      for (const [number, scans] of seen) {
        const admitted = scans.filter(({ scanId }) => doors.checkIns.get(scanId)?.standing === 'admitted');
        const doubles = scans.filter(({ scanId }) => doors.checkIns.get(scanId)?.standing === 'double');
        assert.equal(admitted.length, 1);
        assert.equal(doubles.length, scans.length - 1);
        assert.equal(admitted[0]?.atMs, Math.min(...scans.map((scan) => scan.atMs)));
        assert.equal(doors.tickets.get(ticketKey(BOOKING, number))?.admission?.scanId, admitted[0]?.scanId);
      }
    }),
    { numRuns: 2000 },
  );
});
