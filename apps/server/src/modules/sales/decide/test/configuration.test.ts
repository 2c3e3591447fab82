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

const commandId = 'command-0';
const two = [{ ticketTypeId: 'type-0', quantity: 2, unitPriceMinor: 0 }];

/** Ten of type-0: two held, two sold, one set aside; ten of type-1, untouched; a quota of eight over type-0. */
function sale(): SaleState {
  return buildState({
    types: [ticketType({ id: 'type-0', setAside: 1 }), ticketType({ id: 'type-1' })],
    quotas: [{ id: 'quota-0', ticketTypeIds: ['type-0'], capacity: 8 }],
    bookings: [booking({ id: 'booking-0', lines: two }), booking({ id: 'booking-1', lines: two, state: 'confirmed' })],
  });
}

const REFUSED: readonly { name: string; command: Command; refusal: Outcome }[] = [
  {
    name: 'a capacity below what is held, sold and set aside',
    command: build.changeTicketType({ commandId, ticketTypeId: 'type-0', capacity: 4 }),
    refusal: { kind: 'capacity_too_low', possible: 5, subjectId: 'type-0' },
  },
  {
    name: 'a quota’s capacity below what its types keep',
    command: build.changeQuota({ commandId, quotaId: 'quota-0', capacity: 4 }),
    refusal: { kind: 'capacity_too_low', possible: 5, subjectId: 'quota-0' },
  },
  {
    name: 'a new quota too small for its types',
    command: build.createQuota({ commandId, quotaId: 'quota-1', capacity: 4, ticketTypeIds: ['type-0', 'type-1'] }),
    refusal: { kind: 'capacity_too_low', possible: 5, subjectId: 'quota-1' },
  },
  {
    name: 'a quota over a type that does not exist',
    command: build.createQuota({ commandId, quotaId: 'quota-1', capacity: 4, ticketTypeIds: ['type-9'] }),
    refusal: { kind: 'unknown_ticket_type', ticketTypeId: 'type-9' },
  },
  {
    name: 'a change of a quota that does not exist',
    command: build.changeQuota({ commandId, quotaId: 'quota-9', capacity: 4 }),
    refusal: { kind: 'unknown_quota', quotaId: 'quota-9' },
  },
  {
    name: 'a change of a type that does not exist',
    command: build.changeTicketType({ commandId, ticketTypeId: 'type-9', capacity: 4 }),
    refusal: { kind: 'unknown_ticket_type', ticketTypeId: 'type-9' },
  },
  {
    name: 'setting aside more than a quota has left',
    command: build.setAside({ commandId, ticketTypeId: 'type-0', quantity: 4 }),
    refusal: { kind: 'sold_out', ticketTypeId: 'type-0', left: 3 },
  },
  {
    name: 'giving back more than is set aside',
    command: build.setAside({ commandId, ticketTypeId: 'type-0', quantity: -2 }),
    refusal: { kind: 'set_aside_too_low', possible: 1 },
  },
  {
    name: 'setting nothing aside',
    command: build.setAside({ commandId, ticketTypeId: 'type-0', quantity: 0 }),
    refusal: { kind: 'invalid_terms', field: 'quantity', detail: 'must not be zero' },
  },
  {
    name: 'a sales window that ends before it starts',
    command: build.changeSale({ commandId, changes: { salesStartMs: NOW_MS, salesEndMs: NOW_MS } }),
    refusal: { kind: 'invalid_terms', field: 'sales_end_at', detail: 'must be after sales_start_at' },
  },
  {
    name: 'a hold of half a second',
    command: build.changeSale({ commandId, changes: { holdLengthMs: 500 } }),
    refusal: { kind: 'invalid_terms', field: 'hold_length_ms', detail: 'must be a whole number from 1000 to 86400000' },
  },
  {
    name: 'a fractional price',
    command: build.changeTicketType({ commandId, ticketTypeId: 'type-0', changes: { priceMinor: 1.5 } }),
    refusal: { kind: 'invalid_terms', field: 'price_minor', detail: 'must be a whole number from 0 to 100000000000' },
  },
  {
    name: 'an event on sale going back to draft',
    command: build.changeSale({ commandId, changes: { state: 'draft' } }),
    refusal: { kind: 'wrong_event_state', from: 'on_sale', to: 'draft' },
  },
  {
    name: 'a type created over another',
    command: build.createTicketType({ commandId, ticketTypeId: 'type-0', capacity: 5 }),
    refusal: { kind: 'key_reused' },
  },
];

for (const { name, command, refusal } of REFUSED) {
  test(`${name}: ${refusal.kind}, and nothing is written`, () => {
    const { outcomes, changes } = decide(sale(), [command], NOW_MS);
    assert.deepEqual(outcomes, [refusal]);
    assert.ok(isEmpty(changes));
  });
}

function after(state: SaleState, ...commands: Command[]): SaleState {
  const { outcomes, changes } = decide(state, commands, NOW_MS);
  for (const outcome of outcomes) assert.ok('replayed' in outcome, `refused: ${outcome.kind}`);
  return applyChanges(state, changes);
}

test('a capacity goes down to what is held, sold and set aside, and no further', () => {
  const { ticketTypes } = after(sale(), build.changeTicketType({ commandId, ticketTypeId: 'type-0', capacity: 5 }));
  assert.deepEqual(
    { ...ticketTypes.get('type-0'), terms: null },
    { id: 'type-0', capacity: 5, held: 2, sold: 2, setAside: 1, offered: 0, taken: 0, terms: null },
  );
});

test('a type that joins a quota brings its counters, one that leaves takes them away', () => {
  const joined = after(sale(), build.changeQuota({ commandId, quotaId: 'quota-0', ticketTypeIds: ['type-1', 'type-0'] }));
  assert.deepEqual(joined.quotas.get('quota-0'), {
    id: 'quota-0',
    capacity: 8,
    held: 2,
    sold: 2,
    setAside: 1,
    ticketTypeIds: ['type-1', 'type-0'],
  });
  const left = after(joined, build.changeQuota({ commandId: 'command-1', quotaId: 'quota-0', ticketTypeIds: ['type-1'] }));
  assert.deepEqual(left.quotas.get('quota-0'), { id: 'quota-0', capacity: 8, held: 0, sold: 0, setAside: 0, ticketTypeIds: ['type-1'] });
});

test('a basket of the same batch is decided under the quota’s new members, its price and its limits', () => {
  const wanted = build.place({ bookingId: 'new-0', lines: [{ ticketTypeId: 'type-1', quantity: 4 }] });
  const join = build.changeQuota({ commandId, quotaId: 'quota-0', ticketTypeIds: ['type-0', 'type-1'] });
  const full = decide(sale(), [wanted, join], NOW_MS).outcomes[0];
  assert.deepEqual(full, { kind: 'sold_out', ticketTypeId: 'type-1', left: 3 });
  const price = build.changeTicketType({ commandId, ticketTypeId: 'type-1', changes: { priceMinor: 300, buyerMax: 4 } });
  const { bookings } = after(sale(), wanted, price);
  assert.equal(bookings.get('new-0')?.totalMinor, 1_200);
});

test('a new type and a quota over it come in one batch, before the basket that asks for it', () => {
  const made = after(
    sale(),
    build.place({ bookingId: 'new-0', lines: [{ ticketTypeId: 'type-2', quantity: 3 }] }),
    build.createQuota({ commandId, quotaId: 'quota-1', capacity: 3, ticketTypeIds: ['type-2'] }),
    build.createTicketType({ commandId: 'command-1', ticketTypeId: 'type-2', capacity: 5 }),
  );
  assert.equal(made.quotas.get('quota-1')?.held, 3);
  assert.equal(made.ticketTypes.get('type-2')?.held, 3);
});

test('the code that opens a hidden type is in no fact', () => {
  const hidden = build.createTicketType({ commandId, ticketTypeId: 'type-2', capacity: 5, terms: { accessCode: 'friends-only' } });
  const changed = build.changeTicketType({ commandId: 'command-1', ticketTypeId: 'type-2', changes: { accessCode: 'friends-only-2' } });
  const { facts } = decide(sale(), [hidden, changed], NOW_MS).changes;
  assert.equal(facts.length, 2);
  for (const fact of facts) assert.ok(!fact.payload.includes('friends-only'), fact.type);
});
