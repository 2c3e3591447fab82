import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Command } from '../../commands.ts';
import type { Outcome } from '../../outcomes.ts';
import { isEmpty } from '../changes.ts';
import { decide } from '../decide.ts';
import type { SaleState } from '../state.ts';
import { applyChanges } from './apply-changes.ts';
import * as build from './build-commands.ts';
import { booking, buildState, NOW_MS, ticketType } from './build-state.ts';

const placing = build.place({ bookingId: 'new-0', lines: [{ ticketTypeId: 'type-0', quantity: 2 }] });
const otherBasket = build.place({ bookingId: 'new-0', lines: [{ ticketTypeId: 'type-0', quantity: 3 }] });
const house = (): SaleState => buildState({ types: [ticketType({ id: 'type-0' })], bookings: [booking({ id: 'booking-0' })] });

/** What happened to each command: done, repeated, or the kind of refusal. */
function told(outcomes: readonly Outcome[]): string[] {
  return outcomes.map((outcome) => ('replayed' in outcome ? (outcome.replayed ? 'repeated' : 'done') : outcome.kind));
}

test('a basket sent twice is one booking, in one batch and in the next', () => {
  const { outcomes, changes } = decide(house(), [placing, placing], NOW_MS);
  assert.deepEqual(told(outcomes), ['done', 'repeated']);
  assert.equal(changes.newBookings.length, 1);
  const again = decide(applyChanges(house(), changes), [placing], NOW_MS + 5_000);
  assert.deepEqual(told(again.outcomes), ['repeated']);
  assert.ok(isEmpty(again.changes));
});

test('another basket or another buyer under the same id is told that the key is used', () => {
  const { outcomes } = decide(house(), [placing, otherBasket, { ...placing, buyerKey: 'buyer-1' }], NOW_MS);
  assert.deepEqual(told(outcomes), ['done', 'key_reused', 'key_reused']);
});

test('a repeat is answered with the booking as it stands, also when the house is full or closed', () => {
  const held = applyChanges(house(), decide(house(), [placing], NOW_MS).changes);
  const released = applyChanges(held, decide(held, [build.release({ commandId: 'command-0', bookingId: 'new-0' })], NOW_MS).changes);
  const closed = { ...released, head: { ...released.head, terms: { ...released.head.terms, state: 'ended' as const } } };
  const [outcome] = decide(closed, [placing], NOW_MS).outcomes;
  assert.ok(outcome?.kind === 'booking' && outcome.replayed && outcome.booking.state === 'released');
});

test('a refusal is not recorded: the same basket is decided again, and then fits', () => {
  const full = buildState({ types: [ticketType({ id: 'type-0', sold: 10 })] });
  assert.deepEqual(told(decide(full, [placing], NOW_MS).outcomes), ['sold_out']);
  const raise = build.changeTicketType({ commandId: 'command-0', ticketTypeId: 'type-0', capacity: 12 });
  assert.deepEqual(told(decide(full, [placing, raise], NOW_MS).outcomes), ['done', 'done']);
});

const ON_BOOKING: readonly Command[] = [
  build.release({ commandId: 'command-0', bookingId: 'booking-0' }),
  build.confirm({ commandId: 'command-0', bookingId: 'booking-0' }),
  build.extend({ commandId: 'command-0', bookingId: 'booking-0' }),
  build.setAside({ commandId: 'command-0', ticketTypeId: 'type-0', quantity: 2 }),
  build.changeSale({ commandId: 'command-0', changes: { bookingMax: 3 } }),
];

for (const command of ON_BOOKING) {
  test(`${command.kind} sent twice is executed once, and its id serves nothing else`, () => {
    const { outcomes, changes } = decide(house(), [command, command], NOW_MS);
    assert.deepEqual(told(outcomes), ['done', 'repeated']);
    assert.equal(changes.commands.length, 1);
    const later = applyChanges(house(), changes);
    const other = build.cancel({ commandId: 'command-0', bookingId: 'booking-0' });
    const again = decide(later, [command, other, { ...command, fingerprint: 'another' } as Command], NOW_MS);
    assert.deepEqual(told(again.outcomes), ['repeated', 'key_reused', 'key_reused']);
    assert.ok(isEmpty(again.changes));
  });
}

test('asking for what is already so succeeds and moves nothing', () => {
  const first = build.release({ commandId: 'command-0', bookingId: 'booking-0' });
  const second = build.release({ commandId: 'command-1', bookingId: 'booking-0' });
  const { outcomes, changes } = decide(house(), [first, second], NOW_MS);
  assert.deepEqual(told(outcomes), ['done', 'done']);
  assert.equal(changes.ledger.length, 1);
  assert.equal(changes.commands.length, 2);
});
