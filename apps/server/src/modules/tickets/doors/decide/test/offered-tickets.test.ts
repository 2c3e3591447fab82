import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decideDoors } from '../decide-doors.ts';
import { ticketKey } from '../state.ts';
import { BOOKING, EVENT, FakeDoors, gateOf, offlineScan, scanOf, START_MS, ticketOf, TYPE, uuid } from './fake-doors.ts';

const OTHER_TYPE = '20000000-0000-4000-8000-000000000000';
const TICKETS = 6;

const named = (number: number) => ({ subject: { kind: 'ticket' as const, bookingId: BOOKING, number, shown: null } });

/** Tickets 1 to `count`, all of them offered, and how many of their places nobody waits for. */
function offering(count: number, spare: number): FakeDoors {
  const tickets = Array.from({ length: count }, (_, index) => ticketOf({ number: index + 1, isOffered: true }));
  const doors = new FakeDoors(tickets, [gateOf({ ticketTypeIds: [OTHER_TYPE] })]);
  doors.spareOffers.set(TYPE, spare);
  return doors;
}

const isOffered = (doors: FakeDoors, number: number) => doors.tickets.get(ticketKey(BOOKING, number))?.isOffered;

test('whoever shows an offered ticket goes in, and offers it no more', () => {
  const doors = offering(1, 1);
  assert.deepEqual(doors.verdicts(scanOf(1), scanOf(2)), ['admitted', 'already_admitted']);
  assert.equal(isOffered(doors, 1), false);
  assert.equal(doors.spareOffers.get(TYPE), 0);
  assert.deepEqual(doors.facts, ['ticket.checked_in']);
});

test('where somebody is about to have the place, nobody goes in with the ticket, until it is free again', () => {
  const doors = offering(1, 0);
  assert.deepEqual(doors.verdicts(scanOf(1)), ['being_resold']);
  assert.deepEqual([doors.standings(), isOffered(doors, 1), doors.facts], [{ 1: 'refused' }, true, []]);
  doors.spareOffers.set(TYPE, 1);
  assert.deepEqual(doors.verdicts(scanOf(1), scanOf(2)), ['being_resold', 'admitted'], 'a repeat has the same outcome');
});

test('of several offered tickets in one batch as many go in as there are places that nobody waits for', () => {
  const doors = offering(3, 2);
  const scans = [1, 2, 3].map((number) => scanOf(number, named(number)));
  assert.deepEqual(doors.verdicts(...scans), ['admitted', 'admitted', 'being_resold']);
  assert.deepEqual(
    [1, 2, 3].map((number) => isOffered(doors, number)),
    [false, false, true],
  );
});

test('places of another ticket type are nobody’s', () => {
  const doors = offering(1, 0);
  doors.spareOffers.set(OTHER_TYPE, 5);
  assert.deepEqual(doors.verdicts(scanOf(1)), ['being_resold']);
});

test('tickets that nobody offers go in, whoever waits', () => {
  const doors = new FakeDoors([ticketOf()]);
  assert.deepEqual(doors.verdicts(scanOf(1)), ['admitted']);
  const { tickets, gates, checkIns, spareOffers } = new FakeDoors([ticketOf()]);
  const { changes } = decideDoors({ eventId: EVENT, tickets, gates, checkIns, spareOffers }, [scanOf(1)], START_MS);
  assert.deepEqual(changes.admittedOffers, []);
});

test('a wrong gate ends no offer, and neither does who leaves without having been inside', () => {
  const doors = offering(1, 1);
  assert.deepEqual(doors.verdicts(scanOf(1, { gateId: uuid(900) }), scanOf(2, { direction: 'out' })), ['wrong_gate', 'not_inside']);
  assert.deepEqual([isOffered(doors, 1), doors.spareOffers.get(TYPE)], [true, 1]);
});

test('what was undone is not offered again, and is let in again whoever waits', () => {
  const doors = offering(1, 1);
  doors.run(scanOf(1));
  doors.run({ kind: 'undo', scanId: uuid(1), by: 'per_9', reason: 'wrong person' });
  assert.equal(isOffered(doors, 1), false);
  assert.deepEqual(doors.verdicts(scanOf(2)), ['admitted']);
  assert.equal(doors.spareOffers.get(TYPE), 0);
});

test('doors without connection: what is not waited for is let in, what is waited for is not, what was sold since is a conflict', () => {
  assert.deepEqual(offering(1, 1).verdicts(offlineScan(1, 60_000)), ['admitted']);
  assert.deepEqual(offering(1, 0).verdicts(offlineScan(1, 60_000)), ['being_resold']);
  const sold = new FakeDoors([ticketOf({ revoked: { reason: 'resold', atMs: START_MS - 1_000 } })]);
  const [outcome] = sold.run(offlineScan(1, 60_000));
  const conflict = { kind: 'revoked_since', reason: 'resold', atMs: START_MS - 1_000 };
  assert.deepEqual(outcome?.kind === 'scanned' && outcome.checkIn.verdict, { kind: 'admitted', conflict });
});

test('whatever is scanned in whatever batches, no more offered tickets go in than places are spare, and each ends its offer once', () => {
  const scans = fc.array(fc.record({ number: fc.integer({ min: 1, max: TICKETS }), ageMs: fc.constantFrom(0, 0, 60_000) }), {
    maxLength: 8,
  });
  fc.assert(
    fc.property(fc.array(scans, { maxLength: 6 }), fc.integer({ min: 0, max: TICKETS }), (batches, spare) => {
      const doors = offering(TICKETS, spare);
      let next = 1;
      for (const batch of batches) {
        doors.run(
          ...batch.map(({ number, ageMs }) => (ageMs === 0 ? scanOf(next++, named(number)) : offlineScan(next++, ageMs, named(number)))),
        );
      }
      const tickets = [...doors.tickets.values()];
      const inside = tickets.filter(({ admission }) => admission !== null);
      assert.ok(inside.every((ticket) => !ticket.isOffered));
      assert.equal(doors.spareOffers.get(TYPE), spare - inside.length);
      const shown = new Set(batches.flat().map(({ number }) => number));
      assert.equal(inside.length, Math.min(spare, shown.size), 'and none is kept out for nothing');
    }),
    { numRuns: 1000 },
  );
});
