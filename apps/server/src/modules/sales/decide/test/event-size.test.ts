import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Command } from '../../commands.ts';
import type { Outcome } from '../../outcomes.ts';
import { isEmpty } from '../changes.ts';
import { decide } from '../decide.ts';
import type { SaleState } from '../state.ts';
import { TERMS } from '../terms.ts';
import { applyChanges } from './apply-changes.ts';
import * as build from './build-commands.ts';
import { buildState, NOW_MS, ticketType } from './build-state.ts';

const MAX = 200;

/** An event with so many ticket types and quotas. */
function event({ types, quotas }: { types: number; quotas: number }): SaleState {
  return buildState({
    types: Array.from({ length: types }, (_, at) => ticketType({ id: `type-${at}` })),
    quotas: Array.from({ length: quotas }, (_, at) => ({ id: `quota-${at}`, ticketTypeIds: ['type-0'], capacity: 10 })),
  });
}

const newType = (at: number): Command => build.createTicketType({ commandId: `command-${at}`, ticketTypeId: `new-${at}`, capacity: 5 });
const newQuota = (at: number): Command =>
  build.createQuota({ commandId: `command-${at}`, quotaId: `new-${at}`, capacity: 5, ticketTypeIds: ['type-0'] });

const THINGS = [
  { what: 'ticket types', create: newType, having: (count: number) => event({ types: count, quotas: 0 }), key: 'ticketTypes' },
  { what: 'quotas', create: newQuota, having: (count: number) => event({ types: 1, quotas: count }), key: 'quotas' },
] as const;

const refusalOf = (what: string): Outcome => ({
  kind: 'invalid_terms',
  field: 'event_id',
  detail: `has ${MAX} ${what} already, the most an event can have`,
});

test('the most an event can have is 200 of each', () => {
  assert.deepEqual([TERMS.ticketTypesMax, TERMS.quotasMax], [MAX, MAX]);
});

for (const { what, create, having, key } of THINGS) {
  test(`the 201st of an event’s ${what} is refused, and nothing is written`, () => {
    const { outcomes, changes } = decide(having(MAX), [create(0)], NOW_MS);
    assert.deepEqual(outcomes, [refusalOf(what)]);
    assert.ok(isEmpty(changes));
  });

  test(`${what} that come in one batch fill an event to 200, and no further`, () => {
    const state = having(MAX - 2);
    const { outcomes, changes } = decide(state, [0, 1, 2, 3].map(create), NOW_MS);
    assert.deepEqual(
      outcomes.map((outcome) => outcome.kind),
      ['configured', 'configured', 'invalid_terms', 'invalid_terms'],
    );
    assert.equal(applyChanges(state, changes)[key].size, MAX);
  });

  test(`a full event’s ${what} still change, and what was created is replayed`, () => {
    const state = having(MAX - 1);
    const created = decide(state, [create(0)], NOW_MS);
    const full = applyChanges(state, created.changes);
    const change =
      key === 'quotas'
        ? build.changeQuota({ commandId: 'change', quotaId: 'quota-0', capacity: 20 })
        : build.changeTicketType({ commandId: 'change', ticketTypeId: 'type-0', capacity: 20 });
    const { outcomes } = decide(full, [create(0), change], NOW_MS);
    assert.deepEqual(
      outcomes.map((outcome) => (outcome.kind === 'configured' ? outcome.replayed : outcome.kind)),
      [true, false],
    );
  });
}
