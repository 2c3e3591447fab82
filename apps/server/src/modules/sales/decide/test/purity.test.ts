import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { idOf, type Command } from '../../commands.ts';
import type { Outcome } from '../../outcomes.ts';
import { isEmpty } from '../changes.ts';
import { decide } from '../decide.ts';
import type { SaleState } from '../state.ts';
import { applyChanges } from './apply-changes.ts';
import { arbitraryCase, type Case } from './arbitrary-commands.ts';
import { NOW_MS } from './build-state.ts';
import { assertCatches, assertHolds, type Property } from './check-property.ts';

const isPure: Property<Case> = {
  cases: arbitraryCase,
  check: (decideOn, { state, commands }) => {
    const given = structuredClone({ state, commands });
    const first = structuredClone(decideOn(state, commands, NOW_MS));
    assert.deepEqual({ state, commands }, given, 'the arguments stay as they are');
    assert.deepEqual(decideOn(state, commands, NOW_MS), first, 'the same arguments give the same decision');
    assert.equal(first.outcomes.length, commands.length);
    for (const outcome of first.outcomes) assert.ok(outcome, 'every command has an outcome');
  },
};

test('decide is pure: it changes nothing it is given and decides the same twice', () => assertHolds(isPure));

test('a decision with a memory, and one that writes into the state, are caught', () => {
  let calls = 0;
  assertCatches(isPure, (state, commands, nowMs) => decide(state, commands, nowMs + (calls++ % 2) * 1_000));
  assertCatches(isPure, (state, commands, nowMs) => {
    for (const type of state.ticketTypes.values()) type.held += 1;
    return decide(state, commands, nowMs);
  });
});

/** A success is repeated, for ever: what was executed is answered again as it then stands, and nothing is written. */
const isIdempotent: Property<Case> = {
  cases: arbitraryCase,
  check: (decideOn, { state, commands }) => {
    const first = decideOn(state, commands, NOW_MS);
    const after = applyChanges(state, first.changes);
    const executed = commands.filter((_, index) => isSuccess(first.outcomes[index]));
    const again = decideOn(after, executed, NOW_MS);
    again.outcomes.forEach((outcome, index) => {
      const command = executed[index];
      assert.ok(command && 'replayed' in outcome && outcome.replayed, `${command?.kind} is answered as a repeat, not ${outcome.kind}`);
      if (outcome.kind === 'booking') assert.deepEqual(outcome.booking, after.bookings.get(outcome.booking.id), 'as it stands');
    });
    assert.ok(isEmpty(again.changes), 'a repeat writes nothing');
  },
};

function isSuccess(outcome: Outcome | undefined): boolean {
  return outcome?.kind === 'booking' || outcome?.kind === 'configured';
}

test('what was executed is executed once: the same commands again are replays and write nothing', () => assertHolds(isIdempotent));

test('a decision that forgets what was executed is caught', () => {
  const forgetful = (state: SaleState): SaleState => ({ ...state, executed: new Map() });
  assertCatches(isIdempotent, (state, commands, nowMs) => decide(forgetful(state), commands, nowMs));
  const blind = (state: SaleState): SaleState => ({
    ...state,
    bookings: new Map([...state.bookings].filter(([id]) => !id.startsWith('new'))),
  });
  assertCatches(isIdempotent, (state, commands, nowMs) => decide(blind(state), commands, nowMs));
});

/** Commands of a batch sent twice in the same batch. */
const repeatsInBatch: Property<Case> = {
  cases: fc
    .tuple(arbitraryCase, fc.infiniteStream(fc.nat()))
    .map(([{ state, commands }, picks]) => ({ state, commands: [...commands, ...doubled(commands, picks)] })),
  check: (decideOn, { state, commands }) => {
    const { outcomes } = decideOn(state, commands, NOW_MS);
    const executedIds = commands.filter((_, index) => isExecution(outcomes[index])).map((command) => idOf(command));
    assert.equal(new Set(executedIds).size, executedIds.length, 'a command’s id is executed once');
  },
};

function doubled(commands: readonly Command[], picks: Iterator<number>): Command[] {
  return commands.filter(() => (picks.next().value ?? 0) % 2 === 0);
}

function isExecution(outcome: Outcome | undefined): boolean {
  return outcome !== undefined && 'replayed' in outcome && !outcome.replayed;
}

test('a command that comes twice in one batch is executed once', () => assertHolds(repeatsInBatch));

test('a decision that does not look for repeats within the batch is caught', () => {
  assertCatches(repeatsInBatch, (state, commands, nowMs) => {
    const outcomes = commands.flatMap((command) => decide(state, [command], nowMs).outcomes);
    return { ...decide(state, commands, nowMs), outcomes };
  });
});
