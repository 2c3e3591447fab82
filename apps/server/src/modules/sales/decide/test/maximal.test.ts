import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isPending } from '../../booking-states.ts';
import type { Command } from '../../commands.ts';
import type { Outcome } from '../../outcomes.ts';
import { noChanges, type Changes } from '../changes.ts';
import { decide } from '../decide.ts';
import type { SaleState } from '../state.ts';
import { applyChanges } from './apply-changes.ts';
import { arbitraryCase, type Case } from './arbitrary-commands.ts';
import { changeQuota, setAside } from './build-commands.ts';
import { buildState, NOW_MS, ticketType } from './build-state.ts';
import { assertCatches, assertHolds, type Decide, type Property } from './check-property.ts';

/** Whether a command takes stock that it does not have yet. */
function takes(command: Command): boolean {
  return (
    command.kind === 'place' ||
    (command.kind === 'confirm' && command.tender !== null) ||
    (command.kind === 'set-aside' && command.quantity > 0)
  );
}

function isRefused(outcome: Outcome | undefined): boolean {
  return outcome !== undefined && !('replayed' in outcome) && outcome.kind !== 'expired';
}

/** A booking that the same batch places is unknown to commands decided before it; nobody can have been told its id. */
function isEarly(command: Command, state: SaleState): boolean {
  return command.kind === 'confirm' && !state.bookings.has(command.bookingId);
}

/** Where a price follows what is taken, a total may become the one that was asked for, or nothing at all. */
function isAboutPrice(outcome: Outcome | undefined): boolean {
  if (outcome?.kind === 'promo_refused') return outcome.reason === 'not_applicable';
  return outcome?.kind === 'price_changed' || outcome?.kind === 'payment_required';
}

/** Money that cannot be kept takes the hold with it, in the order of arrival: only baskets are decided behind all payments. */
function isBeforeReturns(command: Command, before: SaleState, { changedBookings }: Changes): boolean {
  if (command.kind === 'place') return false;
  return [...changedBookings].some(({ id, state }) => state === 'refunded' && isPending(before.bookings.get(id)?.state ?? 'refunded'));
}

/** Every refused command, decided alone on the state after, is refused again: nothing that is left would fit. */
const isMaximal: Property<Case> = {
  cases: arbitraryCase,
  check: (decideOn, { state, commands }) => {
    const { outcomes, changes } = decideOn(state, commands, NOW_MS);
    const after = applyChanges(state, changes);
    commands.forEach((command, index) => {
      if (!takes(command) || isEarly(command, state) || !isRefused(outcomes[index]) || isAboutPrice(outcomes[index])) return;
      if (isBeforeReturns(command, state, changes)) return;
      const [again] = decide(after, [command], NOW_MS).outcomes;
      assert.ok(isRefused(again), `${command.kind} was refused (${outcomes[index]?.kind}) and would fit what is left`);
    });
  },
};

test('the decision is maximal: no refused command would fit what is left', () => assertHolds(isMaximal));

test('what is set aside is decided after a quota has let go of its ticket type', () => {
  const state = buildState({
    types: [ticketType({ id: 'type-0', held: 4 })],
    quotas: [{ id: 'quota-0', ticketTypeIds: ['type-0'], capacity: 4 }],
  });
  const aside = setAside({ commandId: 'command-0', ticketTypeId: 'type-0', quantity: 6 });
  const letGo = changeQuota({ commandId: 'command-1', quotaId: 'quota-0', ticketTypeIds: [] });
  const { outcomes } = decide(state, [aside, letGo], NOW_MS);
  assert.deepEqual(
    outcomes.map((outcome) => outcome.kind),
    ['configured', 'configured'],
  );
});

/** Decides one command after the other, as they come: what is given back late comes too late for whoever came before. */
const decideInOrder: Decide = (state, commands, nowMs) => {
  let current = state;
  const decisions = commands.map((command) => {
    const decision = decide(current, [command], nowMs);
    current = applyChanges(current, decision.changes);
    return decision;
  });
  return { outcomes: decisions.flatMap((decision) => decision.outcomes), changes: differenceOf(current, state) };
};

/** The changes, as far as stock is concerned, that lead from one state to another. */
function differenceOf(after: SaleState, before: SaleState): Changes {
  const changes = noChanges();
  changes.terms = after.head.terms;
  for (const [id, type] of after.ticketTypes) {
    const was = before.ticketTypes.get(id);
    if (!was) changes.newTicketTypes.push({ id, terms: type.terms });
    else changes.changedTicketTypes.set(id, type.terms);
    changes.ticketTypeDeltas.set(id, minus(type, was));
  }
  for (const [id, quota] of after.quotas) {
    if (!before.quotas.has(id)) changes.newQuotaIds.push(id);
    changes.quotaMembers.set(id, quota.ticketTypeIds);
    changes.quotaDeltas.set(id, minus(quota, before.quotas.get(id)));
  }
  for (const [id, booking] of after.bookings) {
    if (before.bookings.has(id)) changes.changedBookings.add(booking);
    else changes.newBookings.push(booking);
  }
  for (const [buyer, ofBuyer] of after.buyerTotals) {
    const was = before.buyerTotals.get(buyer);
    changes.buyerDeltas.set(buyer, new Map([...ofBuyer].map(([typeId, total]) => [typeId, total - (was?.get(typeId) ?? 0)])));
  }
  addPromoDifference(changes, after, before);
  for (const [commandId, command] of after.executed) if (!before.executed.has(commandId)) changes.commands.push({ commandId, ...command });
  return changes;
}

function addPromoDifference(changes: Changes, after: SaleState, before: SaleState): void {
  for (const [code, promo] of after.promoCodes) {
    const was = before.promoCodes.get(code);
    if (was) changes.changedPromoCodes.set(code, promo);
    else changes.newPromoCodes.push(promo);
    changes.promoDeltas.set(code, promo.used - (was?.used ?? 0));
  }
  for (const [buyer, ofBuyer] of after.promoUses) {
    const was = before.promoUses.get(buyer);
    changes.promoUseDeltas.set(buyer, new Map([...ofBuyer].map(([code, uses]) => [code, uses - (was?.get(code) ?? 0)])));
  }
}

type Counters = { capacity: number; held: number; sold: number; setAside: number };
const NONE: Counters = { capacity: 0, held: 0, sold: 0, setAside: 0 };

function minus(after: Counters, before: Counters = NONE): Counters {
  return {
    capacity: after.capacity - before.capacity,
    held: after.held - before.held,
    sold: after.sold - before.sold,
    setAside: after.setAside - before.setAside,
  };
}

test('a decision in the order of arrival is caught refusing what would fit', () => assertCatches(isMaximal, decideInOrder));

test('a decision that keeps one ticket back is caught', () => {
  const stingy = (state: SaleState): SaleState => ({
    ...state,
    ticketTypes: new Map([...state.ticketTypes].map(([id, type]) => [id, { ...type, setAside: type.setAside + 1 }])),
  });
  assertCatches(isMaximal, (state, commands, nowMs) => decide(stingy(state), commands, nowMs));
});
