import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { EVENT_STATES, isPublic, type EventState } from '../../event-states.ts';
import { isEmpty } from '../changes.ts';
import { decide } from '../decide.ts';
import type { SaleState } from '../state.ts';
import * as build from './build-commands.ts';
import { buildState, NOW_MS, ticketType } from './build-state.ts';

const STATES = Object.keys(EVENT_STATES) as EventState[];

/** A move, with what it needs: whoever schedules an event says when it goes on sale. */
const moveTo = (state: EventState) => (state === 'scheduled' ? { state, publishAtMs: NOW_MS + 1_000 } : { state });

const saleIn = (state: EventState): SaleState => buildState({ terms: { state }, types: [ticketType({ id: 'type-0' })] });

/** Written from the data, so that a state that is added is asked about by itself. */
for (const from of STATES) {
  describe(`an event that is ${from}`, () => {
    const next: readonly string[] = EVENT_STATES[from].next;
    for (const to of STATES) {
      const isAllowed = from === to || next.includes(to);
      test(`${isAllowed ? 'becomes' : 'does not become'} ${to}`, () => {
        const command = build.changeSale({ commandId: 'command-0', changes: moveTo(to) });
        const { outcomes, changes } = decide(saleIn(from), [command], NOW_MS);
        if (!isAllowed) {
          assert.deepEqual(outcomes, [{ kind: 'wrong_event_state', from, to }]);
          assert.ok(isEmpty(changes));
          return;
        }
        const before = to === 'scheduled' ? { state: from, publishAtMs: null } : { state: from };
        assert.deepEqual(outcomes, [{ kind: 'configured', subjectId: 'event-0', replayed: false, before }]);
        assert.equal(changes.terms?.state, to);
        assert.deepEqual(
          changes.facts.map(({ type }) => type),
          [from === to ? 'sale.changed' : `event.${to}`],
        );
      });
    }

    const { isSelling } = EVENT_STATES[from];
    test(`${isSelling ? 'sells' : 'sells nothing'}`, () => {
      const { outcomes } = decide(saleIn(from), [build.place({ bookingId: 'new-0' })], NOW_MS);
      const closed = { kind: 'not_on_sale', reason: 'event_state', ticketTypeId: null, opensInMs: null };
      if (isSelling) assert.equal(outcomes[0]?.kind, 'booking');
      else assert.deepEqual(outcomes, [isPublic(from) ? closed : { kind: 'unknown_event' }], 'what is not shown is not there');
    });
  });
}

test('what sells is shown, and some state is neither', () => {
  for (const state of STATES) assert.ok(isPublic(state) || !EVENT_STATES[state].isSelling, state);
  assert.ok(STATES.some((state) => !isPublic(state)));
});

test('a change that follows a move tells of it, beside a change of state', () => {
  const typesOf = (changes: { state?: EventState; endsAtMs: number }) => {
    const command = build.changeSale({ commandId: 'command-0', changes, move: { number: 1, reason: 'Storm' } });
    return decide(saleIn('on_sale'), [command], NOW_MS).changes.facts.map(({ type, payload }) => [type, JSON.parse(payload)]);
  };
  const endsAtMs = NOW_MS + 1_000;
  const told = ['event.moved', { endsAtMs, number: 1, reason: 'Storm' }];
  assert.deepEqual(typesOf({ endsAtMs }), [told]);
  assert.deepEqual(typesOf({ endsAtMs, state: 'paused' }), [
    ['event.paused', { endsAtMs, state: 'paused' }],
    ['event.moved', { endsAtMs, state: 'paused', number: 1, reason: 'Storm' }],
  ]);
});

test('every state is reached from draft', () => {
  const reached = new Set<string>(['draft']);
  for (const state of reached) for (const next of EVENT_STATES[state as EventState].next) reached.add(next);
  assert.deepEqual([...reached].sort(), [...STATES].sort());
});
