import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Desk, PlaceCommand } from '../../commands.ts';
import type { Refusal } from '../../outcomes.ts';
import { isEmpty } from '../changes.ts';
import { decide } from '../decide.ts';
import type { SaleState } from '../state.ts';
import { applyChanges } from './apply-changes.ts';
import * as build from './build-commands.ts';
import { buildState, NOW_MS, sumOver, ticketType, type StateParts } from './build-state.ts';

const bookingId = 'new-0';
const lines = [{ ticketTypeId: 'type-0', quantity: 2 }];

function house(parts: Partial<StateParts> = {}): SaleState {
  const type = ticketType({ id: 'type-0', setAside: 3, terms: { priceMinor: 900 } });
  return buildState({ types: [type], quotas: [{ id: 'quota-0', ticketTypeIds: ['type-0'], capacity: 10 }], ...parts });
}

function sell(state: SaleState, desk: Partial<Desk> = {}, of: Partial<PlaceCommand> = {}) {
  const { outcomes, changes } = decide(state, [build.sellAtDesk({ bookingId, lines, ...of }, desk)], NOW_MS);
  const after = applyChanges(state, changes);
  return { outcome: outcomes[0], changes, after, made: after.bookings.get(bookingId) };
}

test('a desk sells at once, for money that lies there', () => {
  for (const tender of ['cash', 'card_at_door'] as const) {
    const { made, changes, after } = sell(house(), { tender });
    assert.deepEqual([made?.state, made?.tender, made?.paidMinor, made?.confirmedAtMs], ['confirmed', tender, 1_800, NOW_MS]);
    assert.deepEqual(changes.transfers, [
      { kind: 'payment', bookingId, debit: tender, credit: 'sales', amountMinor: 1_800, currency: 'EUR' },
    ]);
    assert.deepEqual(
      changes.issued.map((each) => each.id),
      [bookingId],
    );
    assert.equal(after.ticketTypes.get('type-0')?.sold, 2);
  }
});

test('what is given away costs nothing and moves no money', () => {
  const { made, changes } = sell(house(), { tender: 'none' });
  assert.deepEqual([made?.state, made?.totalMinor, made?.tender, made?.paidMinor], ['confirmed', 0, 'none', 0]);
  assert.deepEqual(changes.transfers, []);
  assert.equal(changes.issued.length, 1);
});

test('from the set-aside stock goes to what is sold, in the quota too, and no further', () => {
  const { after } = sell(house(), { fromSetAside: true });
  const { held, sold, setAside } = after.ticketTypes.get('type-0') ?? {};
  assert.deepEqual([held, sold, setAside], [0, 2, 1]);
  const quota = after.quotas.get('quota-0');
  assert.deepEqual({ held: quota?.held, sold: quota?.sold, setAside: quota?.setAside }, sumOver(after.ticketTypes, ['type-0']));
  const second = sell(after, { fromSetAside: true }, { bookingId: 'new-1' });
  assert.deepEqual(second.outcome, { kind: 'set_aside_too_low', possible: 1 });
});

test('the set-aside is the desk’s while the house is sold out for others, and the other way round', () => {
  const full = house({ types: [ticketType({ id: 'type-0', sold: 7, setAside: 3 })] });
  assert.equal(sell(full, { fromSetAside: true }).outcome?.kind, 'booking');
  assert.deepEqual(sell(full).outcome, { kind: 'sold_out', ticketTypeId: 'type-0', left: 0 });
});

const CLOSED_TO_BUYERS: readonly { name: string; parts: Partial<StateParts> }[] = [
  { name: 'an event whose sale has ended', parts: { terms: { state: 'ended' } } },
  { name: 'an event that pauses', parts: { terms: { state: 'paused' } } },
  { name: 'an event after its window', parts: { terms: { salesEndMs: NOW_MS - 1 } } },
  { name: 'an event that is not published yet', parts: { terms: { state: 'scheduled', publishAtMs: NOW_MS + 1 } } },
  { name: 'a basket of more than a buyer may have', parts: { terms: { bookingMax: 1, buyerMax: 1 } } },
  { name: 'a type that pauses', parts: { types: [ticketType({ id: 'type-0', terms: { state: 'paused' } })] } },
  { name: 'a type behind a code', parts: { types: [ticketType({ id: 'type-0', terms: { accessCode: 'friends' } })] } },
];

for (const { name, parts } of CLOSED_TO_BUYERS) {
  test(`a desk sells ${name}, which no buyer gets`, () => {
    assert.equal(sell(house(parts)).outcome?.kind, 'booking');
    const [own] = decide(house(parts), [build.place({ bookingId, lines })], NOW_MS).outcomes;
    assert.notEqual(own?.kind, 'booking');
  });
}

const REFUSED: readonly {
  name: string;
  parts?: Partial<StateParts>;
  desk?: Partial<Desk>;
  of?: Partial<PlaceCommand>;
  refusal: Refusal;
}[] = [
  ...(['draft', 'cancelled', 'archived'] as const).map((state) => ({
    name: `for an event that is ${state}`,
    parts: { terms: { state } },
    refusal: { kind: 'not_on_sale', reason: 'event_state', ticketTypeId: null, opensInMs: null } as const,
  })),
  {
    name: 'more than there is',
    of: { lines: [{ ticketTypeId: 'type-0', quantity: 8 }] },
    refusal: { kind: 'sold_out', ticketTypeId: 'type-0', left: 7 },
  },
  {
    name: 'a type that does not exist',
    of: { lines: [{ ticketTypeId: 'type-9', quantity: 1 }] },
    refusal: { kind: 'unknown_ticket_type', ticketTypeId: 'type-9' },
  },
  {
    name: 'at another price than was shown',
    of: { expectedTotalMinor: 1_000 },
    refusal: { kind: 'price_changed', totalMinor: 1_800 },
  },
];

for (const { name, parts, desk, of, refusal } of REFUSED) {
  test(`a desk does not sell ${name}, and nothing is written`, () => {
    const { outcome, changes } = sell(house(parts), desk, of);
    assert.deepEqual(outcome, refusal);
    assert.ok(isEmpty(changes));
  });
}

test('a sale at a desk that is sent twice is one sale', () => {
  const command = build.sellAtDesk({ bookingId, lines });
  const { outcomes, changes } = decide(house(), [command, command], NOW_MS);
  assert.deepEqual(
    outcomes.map((outcome) => outcome.kind === 'booking' && outcome.replayed),
    [false, true],
  );
  assert.deepEqual([changes.newBookings.length, changes.transfers.length, changes.issued.length], [1, 1, 1]);
});

test('what a desk sold goes back over it, to the public or to the set-aside', () => {
  const sold = sell(house(), { fromSetAside: true }).after;
  const { changes } = decide(sold, [build.refund({ commandId: 'refund', bookingId, tickets: [1], restock: false })], NOW_MS);
  const after = applyChanges(sold, changes);
  assert.equal(after.ticketTypes.get('type-0')?.setAside, 2);
  assert.deepEqual(
    changes.transfers.map(({ debit, credit, amountMinor }) => [debit, credit, amountMinor]),
    [['sales', 'cash', 900]],
  );
});
