import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PlaceCommand, SaleTerms } from '../../commands.ts';
import type { Outcome } from '../../outcomes.ts';
import { decide } from '../decide.ts';
import type { Booking, SaleState } from '../state.ts';
import { applyChanges } from './apply-changes.ts';
import { arbitraryCase, type Case } from './arbitrary-commands.ts';
import { DESK_BUYERS } from './arbitrary-money.ts';
import { NOW_MS } from './build-state.ts';
import { assertCatches, assertHolds, type Decide, type Property } from './check-property.ts';

/** Whoever took tickets in this batch keeps to the limits, as they stand after the batch's changes of terms. */
const keepsBuyerLimits: Property<Case> = {
  cases: arbitraryCase,
  check: (decideOn, { state, commands }) => {
    const { changes } = decideOn(state, commands, NOW_MS);
    const after = applyChanges(state, changes);
    const reclaimed = [...changes.changedBookings].filter((each) => isReclaimed(state, each));
    const taken = [...changes.newBookings, ...reclaimed].filter(({ buyerKey }) => !isAtDesk(buyerKey));
    for (const each of taken) assertWithinBuyerLimits(after, each);
  },
};

/** A desk sells beyond the limits of buyers, and whatever is closed to them. */
function isAtDesk(buyerKey: string): boolean {
  return DESK_BUYERS.some((desk) => desk === buyerKey);
}

/** Due in this batch or before, and confirmed at its end: the stock was taken a second time. */
function isReclaimed(before: SaleState, { id, state }: Booking): boolean {
  const was = before.bookings.get(id);
  return state === 'confirmed' && was?.state === 'expired';
}

function assertWithinBuyerLimits(after: SaleState, { buyerKey, lines }: Booking): void {
  const totals = after.buyerTotals.get(buyerKey) ?? new Map<string, number>();
  for (const { ticketTypeId } of lines) {
    const max = after.ticketTypes.get(ticketTypeId)?.terms.buyerMax ?? Number.POSITIVE_INFINITY;
    assert.ok((totals.get(ticketTypeId) ?? 0) <= max, `${buyerKey} has more of ${ticketTypeId} than ${max}`);
  }
  const total = [...totals.values()].reduce((sum, quantity) => sum + quantity, 0);
  assert.ok(total <= (after.head.terms.buyerMax ?? Number.POSITIVE_INFINITY), `${buyerKey} has more of the event than allowed`);
}

test('no buyer takes more than a buyer may have', () => assertHolds(keepsBuyerLimits));

test('decisions that overlook a buyer’s limit are caught', () => {
  const withoutTotals: Decide = (state, commands, nowMs) => decide({ ...state, buyerTotals: new Map() }, commands, nowMs);
  const withoutEventLimit: Decide = (state, commands, nowMs) => decide(withSale(state, { buyerMax: null }), commands, nowMs);
  assertCatches(keepsBuyerLimits, withoutTotals);
  assertCatches(keepsBuyerLimits, withoutEventLimit);
});

/** Whatever is newly booked was on sale to its buyer, in a quantity that may be booked. */
const sellsWhatIsOpen: Property<Case> = {
  cases: arbitraryCase,
  check: (decideOn, { state, commands }) => {
    const { outcomes, changes } = decideOn(state, commands, NOW_MS);
    const after = applyChanges(state, changes);
    const placed = changes.newBookings.filter(({ buyerKey }) => !isAtDesk(buyerKey)).map((each) => each.id);
    for (const id of placed) assertOpen(after, id, placingOf(id, commands, outcomes));
  },
};

function placingOf(id: string, commands: Case['commands'], outcomes: readonly Outcome[]): PlaceCommand {
  const found = commands.find((command, index): command is PlaceCommand => {
    const outcome = outcomes[index];
    return command.kind === 'place' && command.bookingId === id && outcome?.kind === 'booking' && !outcome.replayed;
  });
  assert.ok(found, `${id} was placed by a command that was told so`);
  return found;
}

function assertOpen(after: SaleState, id: string, command: PlaceCommand): void {
  const { terms } = after.head;
  const made = after.bookings.get(id);
  assert.ok(made && terms.state === 'on_sale' && isWithin(terms), `${id} was placed while the event did not sell`);
  assert.deepEqual(quantitiesOf(made.lines), quantitiesOf(command.lines));
  assert.ok(made.quantity <= terms.bookingMax, `${id} is larger than a booking may be`);
  assert.equal(made.state, command.confirm ? 'confirmed' : 'held');
  assert.ok(!command.confirm || made.totalMinor === 0, `${id} was sold at once and costs something`);
  assert.equal(made.expiresAtMs, NOW_MS + terms.holdLengthMs);
  for (const line of command.lines) {
    const type = after.ticketTypes.get(line.ticketTypeId)?.terms;
    assert.ok(type && type.state === 'on_sale' && isWithin(type), `${line.ticketTypeId} was not on sale`);
    assert.ok(type.accessCode === null || type.accessCode === command.accessCode, `${line.ticketTypeId} is hidden`);
    assert.ok(line.quantity >= type.bookingMin && line.quantity <= type.bookingMax, `${line.quantity} of ${line.ticketTypeId}`);
  }
}

/** Where a tier ends within them, tickets of one type stand in several lines. */
function quantitiesOf(lines: readonly { ticketTypeId: string; quantity: number }[]): Map<string, number> {
  const quantities = new Map<string, number>();
  for (const { ticketTypeId, quantity } of lines) quantities.set(ticketTypeId, (quantities.get(ticketTypeId) ?? 0) + quantity);
  return quantities;
}

function isWithin({ salesStartMs, salesEndMs }: { salesStartMs: number | null; salesEndMs: number | null }): boolean {
  return (salesStartMs ?? Number.NEGATIVE_INFINITY) <= NOW_MS && NOW_MS < (salesEndMs ?? Number.POSITIVE_INFINITY);
}

test('only what is open is sold, in allowed quantities', () => assertHolds(sellsWhatIsOpen));

test('decisions that overlook windows, codes or a booking’s limits are caught', () => {
  const openSale: Decide = (state, commands, nowMs) =>
    decide(withSale(state, { state: 'on_sale', salesStartMs: null, salesEndMs: null }), commands, nowMs);
  const endlessBaskets: Decide = (state, commands, nowMs) => decide(withSale(state, { bookingMax: 100 }), commands, nowMs);
  const openTypes: Decide = (state, commands, nowMs) => decide(withoutCodes(state), commands, nowMs);
  for (const broken of [openSale, endlessBaskets, openTypes]) assertCatches(sellsWhatIsOpen, withOwnTerms(broken));
});

function withSale(state: SaleState, terms: Partial<SaleTerms>): SaleState {
  return { ...state, head: { ...state.head, terms: { ...state.head.terms, ...terms } } };
}

function withoutCodes(state: SaleState): SaleState {
  const types = [...state.ticketTypes].map(([id, type]) => [id, { ...type, terms: { ...type.terms, accessCode: null } }] as const);
  return { ...state, ticketTypes: new Map(types) };
}

/** The sabotage misreads the terms; it does not rewrite them. */
function withOwnTerms(broken: Decide): Decide {
  return (state, commands, nowMs) => {
    const decision = broken(state, commands, nowMs);
    decision.changes.terms = decide(state, commands, nowMs).changes.terms;
    decision.changes.changedTicketTypes = decide(state, commands, nowMs).changes.changedTicketTypes;
    return decision;
  };
}
