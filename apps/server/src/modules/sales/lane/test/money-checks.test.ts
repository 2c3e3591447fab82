import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { openLaneConnection, type Call } from '../../../../platform/db/index.ts';
import type { Command } from '../../commands.ts';
import type { Changes } from '../../decide/changes.ts';
import { decide } from '../../decide/decide.ts';
import type { Booking } from '../../decide/state.ts';
import { placeCommand, type EventUnderTest } from '../../test/buyers.ts';
import { deskCommand, moneyCommands } from '../../test/money.ts';
import { assertSound, countStates } from '../../test/recount.ts';
import { openEvent, openSales } from '../../test/support.ts';
import { readState } from '../read-state.ts';
import { writeChanges } from '../write-changes.ts';

const sales = await openSales();
const connection = await openLaneConnection(sales.url);
after(async () => {
  await connection.close();
  await sales.closeAll();
});

const tell = (text: string): Call => ({ statement: { name: `test_${text}`, text }, values: [] });
const PRICE_MINOR = 1_000;

/** Decides a batch as the lane does, spoils the decision, and writes it. */
async function writeSpoiled({ eventId }: EventUnderTest, command: Command, spoil: (changes: Changes) => void): Promise<void> {
  const read = readState(eventId, [command]);
  const [, ...answers] = await connection.roundTrip([tell('begin'), ...read.calls]);
  const parsed = read.parse(answers);
  assert.ok(parsed);
  const { changes } = decide(parsed.state, [command], parsed.nowMs);
  spoil(changes);
  await connection.roundTrip([...writeChanges(parsed.state, changes, parsed.nowMs), tell('commit')]);
}

const withBooking =
  (spoil: (booking: Booking) => void) =>
  ({ changedBookings, newBookings }: Changes): void => {
    for (const booking of [...changedBookings, ...newBookings]) spoil(booking);
  };

type Sabotage = { of: 'receive' | 'refund' | 'dispute' | 'desk'; spoil: (changes: Changes) => void; constraint: string };

const SABOTAGES: Readonly<Record<string, Sabotage>> = {
  'gives more back than was paid': { of: 'refund', spoil: withBooking((each) => (each.refundedMinor += 1)), constraint: 'bookings_money' },
  'gives more fees back than money': {
    of: 'refund',
    spoil: withBooking((each) => (each.refundedExtraMinor = each.refundedMinor + 1)),
    constraint: 'bookings_money',
  },
  'takes less than nothing': { of: 'receive', spoil: withBooking((each) => (each.paidMinor = -1)), constraint: 'bookings_money' },
  'forgets what was paid': { of: 'refund', spoil: withBooking((each) => (each.paidMinor = 0)), constraint: 'bookings_money' },
  'disputes less than nothing': { of: 'dispute', spoil: withBooking((each) => (each.disputedMinor = -1)), constraint: 'bookings_money' },
  'sells at a desk for less than nothing': {
    of: 'desk',
    spoil: withBooking((each) => (each.paidMinor = -PRICE_MINOR)),
    constraint: 'bookings_money',
  },
  'gives back what the buyer does not have': {
    of: 'refund',
    spoil: ({ buyerDeltas }) => {
      for (const ofBuyer of buyerDeltas.values()) for (const id of ofBuyer.keys()) ofBuyer.set(id, -2);
    },
    constraint: 'buyer_totals_quantity',
  },
  'gives more stock back than was sold': {
    of: 'refund',
    spoil: ({ ticketTypeDeltas }) => {
      for (const delta of ticketTypeDeltas.values()) delta.sold = -2;
    },
    constraint: 'ticket_types_not_oversold',
  },
  'takes a command in twice': { of: 'receive', spoil: ({ commands }) => commands.push(...commands), constraint: 'ledger_commands_pkey' },
};

describe('a decide with a bug gives no money away', () => {
  for (const [name, { of, spoil, constraint }] of Object.entries(SABOTAGES)) {
    test(name, async () => {
      const { event, command } = await prepare(of);
      const before = await countStates(sales.db, event.eventId);
      await assert.rejects(writeSpoiled(event, command, spoil), { constraint });
      await connection.roundTrip([tell('rollback')]);
      assert.deepEqual(await countStates(sales.db, event.eventId), before);
      await assertSound(sales.db, event.eventId);
    });
  }

  for (const kind of ['receive', 'refund', 'dispute', 'desk'] as const) {
    test(`without sabotage the same way of writing succeeds: ${kind}`, async () => {
      const { event, command } = await prepare(kind);
      await writeSpoiled(event, command, () => {});
      await assertSound(sales.db, event.eventId);
    });
  }
});

/** An event with a booking that the command is about, sold where it is to go back. */
async function prepare(of: Sabotage['of']): Promise<{ event: EventUnderTest; command: Command }> {
  const event = await openEvent(sales, [{ capacity: 10, terms: { priceMinor: PRICE_MINOR } }]);
  if (of === 'desk') return { event, command: deskCommand(event) };
  const placed = placeCommand(event);
  const commands = moneyCommands(placed, PRICE_MINOR);
  await sales.lanes.submit(event.eventId, placed);
  if (of !== 'receive') await sales.lanes.submit(event.eventId, commands.receive);
  return { event, command: commands[of] };
}
