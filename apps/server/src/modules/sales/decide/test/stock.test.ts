import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Changes } from '../changes.ts';
import { decide } from '../decide.ts';
import type { SaleState, Stock, TicketType } from '../state.ts';
import { applyChanges } from './apply-changes.ts';
import { arbitraryCase, type Case } from './arbitrary-commands.ts';
import { sumOver } from './build-state.ts';
import { assertCatches, assertHolds, type Decide, type Property } from './check-property.ts';
import { NOW_MS } from './build-state.ts';
import { countBookings, countBuyers, countUses, listBuyerTotals, listPromoUses, sumLedger } from './recount-state.ts';

const neverOversells: Property<Case> = {
  cases: arbitraryCase,
  check: (decideOn, { state, commands }) => {
    const after = applyChanges(state, decideOn(state, commands, NOW_MS).changes);
    for (const [id, stock] of [...after.ticketTypes, ...after.quotas]) assertNotOversold(id, stock);
  },
};

function assertNotOversold(id: string, { capacity, held, sold, setAside }: Stock): void {
  assert.ok(held >= 0 && sold >= 0 && setAside >= 0, `${id} has a negative counter`);
  assert.ok(held + sold + setAside <= capacity, `${id} is oversold: ${held} + ${sold} + ${setAside} > ${capacity}`);
}

test('nothing is ever oversold, neither a ticket type nor a quota', () => assertHolds(neverOversells));

test('a decision that forgets the quotas is caught overselling', () => {
  const blind = (state: SaleState): SaleState => ({
    ...state,
    quotas: new Map([...state.quotas].map(([id, quota]) => [id, { ...quota, capacity: quota.capacity + 100 }])),
  });
  assertCatches(neverOversells, (state, commands, nowMs) => decide(blind(state), commands, nowMs));
});

test('a decision that overlooks what is set aside is caught overselling', () => {
  const blind = (state: SaleState): SaleState => ({
    ...state,
    ticketTypes: new Map([...state.ticketTypes].map(([id, type]) => [id, { ...type, setAside: 0 }])),
  });
  assertCatches(neverOversells, (state, commands, nowMs) => decide(blind(state), commands, nowMs));
});

const conservesStock: Property<Case> = {
  cases: arbitraryCase,
  check: (decideOn, { state, commands }) => {
    const { changes } = decideOn(state, commands, NOW_MS);
    const after = applyChanges(state, changes);
    assertLedgerExplains(state, after, changes);
    assertBookingsExplain(state, after);
    assertQuotasAreSums(after);
    assert.deepEqual(listBuyerTotals(after), countBuyers(after), 'the buyers’ totals are the sums of their bookings');
    assertBookingsPointIntoLedger(state, changes);
    assertUsesExplain(state, after);
  },
};

/** Counters after = before + the ledger's deltas, to the ticket; of a quota for what the ledger says of it alone. */
function assertLedgerExplains(before: SaleState, after: SaleState, changes: Changes): void {
  for (const type of after.ticketTypes.values()) {
    const moved = sumLedger(changes, (entry) => entry.ticketTypeId === type.id);
    const was = before.ticketTypes.get(type.id) ?? { capacity: 0, held: 0, sold: 0, setAside: 0 };
    for (const counter of ['capacity', 'held', 'sold', 'setAside'] as const) {
      assert.equal(type[counter], was[counter] + moved[counter], `${counter} of ${type.id} is what the ledger says`);
    }
    const taken = changes.ledger.reduce((sum, entry) => sum + (entry.ticketTypeId === type.id ? (entry.taken ?? 0) : 0), 0);
    assert.equal(type.taken, (before.ticketTypes.get(type.id)?.taken ?? 0) + taken, `taken of ${type.id} is what the ledger says`);
  }
  for (const quota of after.quotas.values()) {
    const moved = sumLedger(changes, (entry) => entry.quotaId === quota.id);
    assert.equal(quota.capacity, (before.quotas.get(quota.id)?.capacity ?? 0) + moved.capacity, `capacity of ${quota.id}`);
  }
}

/** What a counter gained is what the bookings in it gained. */
function assertBookingsExplain(before: SaleState, after: SaleState): void {
  for (const stock of ['held', 'sold'] as const) {
    const was = countBookings(before, stock);
    const is = countBookings(after, stock);
    for (const type of after.ticketTypes.values()) {
      const gained = inStock(type, stock) - inStock(before.ticketTypes.get(type.id), stock);
      assert.equal(gained, (is.get(type.id) ?? 0) - (was.get(type.id) ?? 0), `${stock} of ${type.id} is what the bookings say`);
    }
  }
}

/** What is held is held, or waits for an offered place. */
function inStock(type: TicketType | undefined, stock: 'held' | 'sold'): number {
  if (!type) return 0;
  return stock === 'held' ? type.held + type.taken : type.sold;
}

/** What a promo code's uses gained is what the bookings with it gained; those of buyers are all of known bookings. */
function assertUsesExplain(before: SaleState, after: SaleState): void {
  const was = countUses(before);
  const is = countUses(after);
  for (const { code, used } of after.promoCodes.values()) {
    const gained = used - (before.promoCodes.get(code)?.used ?? 0);
    assert.equal(gained, (is.get(code) ?? 0) - (was.get(code) ?? 0), `uses of ${code} are what the bookings say`);
    is.delete(code);
  }
  assert.deepEqual(listPromoUses(after), is, 'the buyers’ uses are the sums of their bookings');
}

function assertQuotasAreSums({ quotas, ticketTypes }: SaleState): void {
  for (const { id, ticketTypeIds, held, sold, setAside } of quotas.values()) {
    assert.deepEqual({ held, sold, setAside }, sumOver(ticketTypes, ticketTypeIds), `${id} counts what its ticket types count`);
  }
}

/** A booking that moved names its last entry in the ledger; the audit recounts with that number. */
function assertBookingsPointIntoLedger(state: SaleState, { newBookings, changedBookings, ledger }: Changes): void {
  for (const { id, ledgerSeq } of [...newBookings, ...changedBookings]) {
    const last = ledger.findLastIndex((entry) => entry.bookingId === id);
    const expected = last < 0 ? state.bookings.get(id)?.ledgerSeq : state.head.ledgerSeq + last + 1;
    assert.equal(ledgerSeq, expected, `${id} names its last entry in the ledger`);
  }
}

test('stock is conserved: counters, quotas, promo codes, buyers’ totals and bookings agree with the ledger', () =>
  assertHolds(conservesStock));

test('a decision that loses something on the way is caught', () => {
  const spoil =
    (loss: (changes: Changes) => void): Decide =>
    (state, commands, nowMs) => {
      const decision = decide(state, commands, nowMs);
      loss(decision.changes);
      return decision;
    };
  const spoiled = [
    spoil((changes) => changes.ledger.pop()),
    spoil((changes) => changes.quotaDeltas.clear()),
    spoil((changes) => changes.buyerDeltas.clear()),
    spoil((changes) => changes.promoDeltas.clear()),
    spoil((changes) => changes.promoUseDeltas.clear()),
    spoil((changes) => changes.newBookings.pop()),
    spoil((changes) => changes.changedBookings.clear()),
    spoil((changes) => changes.ticketTypeDeltas.delete('type-0')),
    spoil((changes) => changes.offeredDeltas.clear()),
  ];
  for (const broken of spoiled) assertCatches(conservesStock, broken);
});
