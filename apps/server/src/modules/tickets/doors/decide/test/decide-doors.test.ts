import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decideDoors } from '../decide-doors.ts';
import { BOOKING, EVENT, FakeDoors, gateOf, offlineScan, scanOf, SECRET, START_MS, ticketOf, TYPE, uuid } from './fake-doors.ts';

const NORTH = uuid(900);
const code = (change: { secret?: string; issue?: number; number?: number }) => {
  const { secret = SECRET, issue = 1, number = 1 } = change;
  return { subject: { kind: 'ticket' as const, bookingId: BOOKING, number, shown: { secret, issue } } };
};

test('the first of several scans is let in, the others hear where, by whom and when', () => {
  const doors = new FakeDoors([ticketOf()], [gateOf()]);
  const [first, second] = doors.run(scanOf(1, { gateId: NORTH }), scanOf(2));
  assert.equal(first?.kind === 'scanned' && first.checkIn.verdict.kind, 'admitted');
  assert.deepEqual(second?.kind === 'scanned' && second.checkIn.verdict, {
    kind: 'already_admitted',
    admission: { scanId: uuid(1), gateId: NORTH, by: 'per_1', atMs: START_MS },
  });
  doors.nowMs += 1000;
  assert.deepEqual(doors.verdicts(scanOf(3)), ['already_admitted']);
  assert.deepEqual(doors.facts, ['ticket.checked_in']);
});

test('the same scan has the same outcome, in its batch and later; another under its id is refused', () => {
  const doors = new FakeDoors([ticketOf()]);
  const outcomes = doors.run(scanOf(1), scanOf(1));
  assert.deepEqual(
    outcomes.map((outcome) => outcome.kind === 'scanned' && [outcome.checkIn.verdict.kind, outcome.replayed]),
    [
      ['admitted', false],
      ['admitted', true],
    ],
  );
  doors.nowMs += 60_000;
  const [again] = doors.run(scanOf(1));
  assert.deepEqual(again, { kind: 'scanned', checkIn: doors.checkIns.get(uuid(1)), replayed: true });
  assert.deepEqual(doors.verdicts(scanOf(1, { fingerprint: uuid(2) })), ['scan_id_reused']);
  assert.equal(doors.checkIns.size, 1);
});

test('a batch of repeats writes nothing', () => {
  const doors = new FakeDoors([ticketOf()]);
  doors.run(scanOf(1));
  const { tickets, gates, checkIns, spareOffers } = doors;
  const state = { eventId: EVENT, tickets, gates, checkIns, spareOffers };
  const { changes } = decideDoors(state, [scanOf(1), scanOf(1)], START_MS);
  assert.deepEqual(changes, {
    newCheckIns: [],
    changedCheckIns: new Set(),
    changedTickets: new Set(),
    admittedOffers: [],
    counts: new Map(),
    facts: [],
  });
});

test('codes that are not the ticket’s are told apart', () => {
  const doors = new FakeDoors([ticketOf({ issue: 2 })]);
  assert.deepEqual(doors.verdicts(scanOf(1, code({ issue: 1, secret: uuid(7) }))), ['superseded']);
  assert.deepEqual(doors.verdicts(scanOf(2, code({ issue: 2, secret: uuid(7) }))), ['altered']);
  assert.deepEqual(doors.verdicts(scanOf(3, code({ issue: 3 }))), ['altered']);
  assert.deepEqual(doors.verdicts(scanOf(4, code({ issue: 1 }))), ['superseded']);
  assert.deepEqual(doors.verdicts(scanOf(5, code({ issue: 2, number: 9 }))), ['unknown']);
  assert.deepEqual(doors.verdicts(scanOf(6, { subject: { kind: 'other_event', eventId: uuid(8) } })), ['other_event']);
  assert.deepEqual(doors.verdicts(scanOf(7, { subject: { kind: 'unreadable' } })), ['unreadable']);
  assert.equal(doors.checkIns.size, 7, 'all are kept');
  assert.deepEqual(doors.facts, []);
  assert.deepEqual(doors.verdicts(scanOf(8, code({ issue: 2 }))), ['admitted']);
});

test('a ticket named by hand needs no secret', () => {
  const doors = new FakeDoors([ticketOf()]);
  const byHand = scanOf(1, { subject: { kind: 'ticket', bookingId: BOOKING, number: 1, shown: null } });
  assert.deepEqual(doors.verdicts(byHand), ['admitted']);
  assert.equal(doors.checkIns.get(uuid(1))?.isByHand, true);
});

test('what was revoked does not come in, unless a door without connection let it in before', () => {
  const revoked = { reason: 'refund', atMs: START_MS - 60_000 };
  const doors = new FakeDoors([ticketOf({ revoked }), ticketOf({ number: 2, revoked })]);
  assert.deepEqual(doors.verdicts(scanOf(1), offlineScan(2, 30_000)), ['revoked', 'revoked']);
  const [late] = doors.run(offlineScan(3, 90_000, code({ number: 2 })));
  assert.deepEqual(late?.kind === 'scanned' && late.checkIn.verdict, {
    kind: 'admitted',
    conflict: { kind: 'revoked_since', ...revoked },
  });
});

test('gates let in their ticket types, at their times, while they are open', () => {
  const other = gateOf({ id: uuid(901), ticketTypeIds: [uuid(5)] });
  const own = gateOf({ id: uuid(902), ticketTypeIds: [TYPE] });
  const later = gateOf({ id: uuid(903), opensAtMs: START_MS + 1 });
  const earlier = gateOf({ id: uuid(904), closesAtMs: START_MS });
  const closed = gateOf({ id: uuid(905), state: 'closed' });
  const doors = new FakeDoors([ticketOf()], [other, own, later, earlier, closed]);
  const at = (number: number, gate: number) => scanOf(number, { gateId: uuid(gate) });
  assert.deepEqual(doors.verdicts(at(1, 901), at(3, 903), at(4, 904), at(5, 905), at(6, 906)), [
    'wrong_gate',
    'too_early',
    'too_late',
    'gate_closed',
    'unknown_gate',
  ]);
  assert.deepEqual(doors.verdicts(offlineScan(7, 1000, { gateId: uuid(905) })), ['admitted'], 'it was open then, for all we know');
  assert.equal(doors.checkIns.get(uuid(6))?.gateId, null);
});

test('an earlier scan that arrives late takes the place of the admission, and both are kept', () => {
  const doors = new FakeDoors([ticketOf()], [gateOf()]);
  doors.run(scanOf(1, { gateId: NORTH }));
  doors.nowMs += 60_000;
  const [late] = doors.run(offlineScan(2, 120_000));
  assert.deepEqual(late?.kind === 'scanned' && late.checkIn.verdict, {
    kind: 'admitted',
    conflict: { kind: 'displaced', admission: { scanId: uuid(1), gateId: NORTH, by: 'per_1', atMs: START_MS } },
  });
  assert.deepEqual(doors.standings(), { 1: 'double', 2: 'admitted' });
  assert.equal(doors.checkIns.get(uuid(1))?.verdict.kind, 'admitted', 'what was answered stays');
  assert.deepEqual(doors.verdicts(offlineScan(3, 30_000)), ['already_admitted']);
  assert.deepEqual(doors.verdicts(scanOf(1)), ['admitted'], 'and is answered again');
});

test('in a batch the earliest wins, wherever it stands', () => {
  const doors = new FakeDoors([ticketOf()]);
  const verdicts = doors.verdicts(scanOf(1), offlineScan(2, 5000), offlineScan(3, 9000), offlineScan(4, 9000));
  assert.deepEqual(verdicts, ['already_admitted', 'already_admitted', 'admitted', 'already_admitted']);
});

test('undone, a ticket is let in again; once, and only its own admission', () => {
  const doors = new FakeDoors([ticketOf()]);
  const undo = { kind: 'undo', by: 'per_9', reason: 'wrong person' } as const;
  assert.deepEqual(doors.run({ ...undo, scanId: uuid(1) }), [{ kind: 'not_undone', reason: 'unknown_scan' }]);
  doors.run(scanOf(1), scanOf(2));
  assert.deepEqual(doors.run({ ...undo, scanId: uuid(2) }), [{ kind: 'not_undone', reason: 'not_admitted' }]);
  const [undone] = doors.run({ ...undo, scanId: uuid(1) });
  assert.deepEqual(undone?.kind === 'undone' && [undone.replayed, undone.checkIn.undone], [
    false,
    { by: 'per_9', atMs: START_MS, reason: 'wrong person' },
  ]);
  const [again] = doors.run({ ...undo, scanId: uuid(1), by: 'per_8' });
  assert.deepEqual(again?.kind === 'undone' && [again.replayed, again.checkIn.undone?.by], [true, 'per_9']);
  assert.deepEqual(doors.verdicts(scanOf(3)), ['admitted']);
  assert.deepEqual(doors.standings(), { 1: 'undone', 2: 'double', 3: 'admitted' });
  assert.deepEqual(doors.facts, ['ticket.checked_in', 'ticket.check_in_undone', 'ticket.checked_in']);
});

test('who leaves may come again', () => {
  const doors = new FakeDoors([ticketOf()]);
  assert.deepEqual(doors.verdicts(scanOf(1, { direction: 'out' })), ['not_inside']);
  doors.run(scanOf(2));
  doors.nowMs += 60_000;
  assert.deepEqual(doors.verdicts(scanOf(3, { direction: 'out' }), scanOf(4, { direction: 'out' })), ['left', 'not_inside']);
  assert.deepEqual(doors.verdicts({ kind: 'undo', scanId: uuid(2), by: 'per_9', reason: '' }), ['not_undone']);
  doors.nowMs += 60_000;
  assert.deepEqual(doors.verdicts(offlineScan(5, 90_000)), ['already_admitted'], 'from when somebody was inside');
  assert.deepEqual(doors.verdicts(scanOf(6), scanOf(7)), ['admitted', 'already_admitted']);
});
