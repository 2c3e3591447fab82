import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import type { Command } from '../../commands.ts';
import { CommandFailed, expireDueEvents } from '../../index.ts';
import type { Outcome } from '../../outcomes.ts';
import { anId, hold, placeCommand, type EventUnderTest } from '../../test/buyers.ts';
import { makeDue } from '../../test/make-due.ts';
import { assertSound, readCounters } from '../../test/recount.ts';
import { openEvent, openSales, TYPE_TERMS } from '../../test/support.ts';

const COMMANDS = 1_000;

let bisections = 0;
const sales = await openSales({ settings: { batchMax: COMMANDS }, telemetry: { bisect: () => (bisections += 1) } });
after(() => sales.closeAll());

/** Commands that no edge would let through, each refused by PostgreSQL at another place. */
const POISONS: Readonly<Record<string, (event: EventUnderTest) => Command>> = {
  'a buyer who is no UUID (first trip)': (event) => placeCommand(event, { buyerKey: 'no-uuid' }),
  'a booking id that ends the array (first trip)': (event) => placeCommand(event, { bookingId: `${anId()}}` }),
  'a NUL in a buyer (first trip)': (event) => placeCommand(event, { buyerKey: `${anId()}\0` }),
  'a NUL in a fingerprint (second trip)': (event) => placeCommand(event, { fingerprint: '\0' }),
  'a buyer who is two, and shifts the columns of all others (second trip)': (event) =>
    placeCommand(event, { buyerKey: `${anId()},${anId()}` }),
  'a broken quantity (second trip)': (event) =>
    placeCommand(event, { lines: [{ ticketTypeId: event.ticketTypeIds[0] ?? '', quantity: 1.5 }] }),
  'a quantity that is no number (second trip)': (event) =>
    placeCommand(event, { lines: [{ ticketTypeId: event.ticketTypeIds[0] ?? '', quantity: Number.NaN }] }),
  'an integer too large for its column (second trip)': () => createType({ position: 2 ** 40 }),
  'a NUL in an access code (second trip)': () => createType({ accessCode: 'front\0row' }),
};

function createType(terms: Partial<typeof TYPE_TERMS>): Command {
  const ids = { ticketTypeId: anId(), commandId: anId(), fingerprint: anId() };
  return { kind: 'create-ticket-type', ...ids, capacity: 1, terms: { ...TYPE_TERMS, ...terms } };
}

type Served = { outcomes: Outcome[]; failures: unknown[] };

/** Submits all commands at once, so that they are one batch. */
async function submitAll(event: EventUnderTest, commands: readonly Command[]): Promise<Served> {
  const settled = await Promise.allSettled(commands.map((command) => sales.lanes.submit(event.eventId, command)));
  return {
    outcomes: settled.filter((answer) => answer.status === 'fulfilled').map((answer) => answer.value),
    failures: settled.filter((answer) => answer.status === 'rejected').map((answer) => answer.reason),
  };
}

describe(`one poisonous command among ${COMMANDS} harms itself alone`, () => {
  for (const [name, poison] of Object.entries(POISONS)) {
    test(name, async () => {
      const event = await openEvent(sales, [{ capacity: COMMANDS }]);
      const commands: Command[] = Array.from({ length: COMMANDS - 1 }, () => placeCommand(event));
      commands.splice(617, 0, poison(event));
      bisections = 0;
      const { outcomes, failures } = await submitAll(event, commands);
      assert.deepEqual(
        failures.map((error) => error instanceof CommandFailed),
        [true],
        String(failures[0]),
      );
      assert.equal(outcomes.filter((outcome) => outcome.kind === 'booking' && !outcome.replayed).length, COMMANDS - 1);
      assert.ok(bisections >= 9, 'the commands were not one batch');
      const { held } = await readCounters(sales.db, event.eventId);
      assert.equal(held, COMMANDS - 1);
      await assertSound(sales.db, event.eventId);
    });
  }
});

test('two poisonous commands of two kinds are both found', async () => {
  const event = await openEvent(sales, [{ capacity: 100 }]);
  const commands: Command[] = Array.from({ length: 98 }, () => placeCommand(event));
  commands.unshift(placeCommand(event, { buyerKey: 'no-uuid' }));
  commands.push(placeCommand(event, { fingerprint: 'no-uuid' }));
  const { outcomes, failures } = await submitAll(event, commands);
  assert.equal(outcomes.length, 98);
  assert.ok(failures.length === 2 && failures.every((error) => error instanceof CommandFailed));
  await assertSound(sales.db, event.eventId);
});

test('a poisonous command harms no other event', async () => {
  const events = [await openEvent(sales, [{ capacity: 10 }]), await openEvent(sales, [{ capacity: 10 }])] as const;
  const poisoned = sales.lanes.submit(events[0].eventId, placeCommand(events[0], { buyerKey: 'no-uuid' }));
  const healthy = hold(sales, events[1]);
  await assert.rejects(poisoned, CommandFailed);
  assert.equal((await healthy).kind, 'booking');
});

test('an expiry that cannot be written does not stop the event from selling', async () => {
  const event = await openEvent(sales, [{ capacity: 100 }]);
  await hold(sales, event, { quantity: 5 });
  await makeDue(sales.db, event.eventId);
  // More tickets than were ever held, so that giving them back breaks the counter's CHECK.
  await sales.db.query('update sales.bookings set line_quantities = array[1000] where event_id = $1', [event.eventId]);
  for (let round = 0; round < 5; round += 1) {
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => hold(sales, event)));
    assert.ok(outcomes.every((outcome) => outcome.kind === 'booking' && !outcome.replayed));
  }
  const elsewhere = await openEvent(sales, [{ capacity: 10 }]);
  await hold(sales, elsewhere);
  await makeDue(sales.db, elsewhere.eventId);
  await assert.rejects(expireDueEvents(sales), CommandFailed);
  const { held } = await readCounters(sales.db, elsewhere.eventId);
  assert.equal(held, 0, 'the sweep of another event was stopped too');
});
