import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SaleTerms } from '../../commands.ts';
import { canBecome, EVENT_STATES, isPublic, nextChange, type EventState } from '../../event-states.ts';
import { decide } from '../decide.ts';
import * as build from './build-commands.ts';
import { buildState, NOW_MS, ticketType } from './build-state.ts';

/** Written out by hand, so that a slip in the table of states is a difference between two texts. */
const ALLOWED: Readonly<Record<EventState, string>> = {
  draft: 'scheduled published on_sale cancelled archived',
  scheduled: 'draft published on_sale cancelled',
  published: 'draft on_sale ended cancelled',
  on_sale: 'paused ended cancelled',
  paused: 'on_sale ended cancelled',
  ended: 'on_sale cancelled archived',
  cancelled: 'archived',
  archived: '',
};
const STATES = Object.keys(ALLOWED) as EventState[];

const saleIn = (terms: Partial<SaleTerms>) => buildState({ terms, types: [ticketType({ id: 'type-0' })] });
const laterMs = NOW_MS + 1_000;

for (const from of STATES) {
  test(`an event that is ${from} becomes ${ALLOWED[from] || 'nothing else'}, and only that`, () => {
    for (const to of STATES) {
      const isAllowed = from === to || ALLOWED[from].split(' ').includes(to);
      assert.equal(canBecome(from, to), isAllowed, `${from} → ${to}`);
      const command = build.changeSale({ commandId: 'command-0', changes: { state: to, publishAtMs: laterMs } });
      const { outcomes, changes } = decide(saleIn({ state: from, publishAtMs: laterMs }), [command], NOW_MS);
      assert.deepEqual(
        outcomes,
        isAllowed
          ? [{ kind: 'configured', subjectId: 'event-0', replayed: false, before: { state: from, publishAtMs: laterMs } }]
          : [{ kind: 'wrong_event_state', from, to }],
      );
      assert.equal(changes.terms?.state, isAllowed ? to : undefined);
      if (isAllowed)
        assert.deepEqual(
          changes.facts.map((fact) => fact.type),
          [from === to ? 'sale.changed' : `event.${to}`],
        );
    }
  });
}

test('the table knows no state that this test does not', () => {
  assert.deepEqual(Object.keys(EVENT_STATES).sort(), [...STATES].sort());
});

test('a change that follows a move tells of it, beside a change of state', () => {
  const typesOf = (changes: { state?: EventState; endsAtMs: number }) => {
    const command = build.changeSale({ commandId: 'command-0', changes, move: { number: 1, reason: 'Storm' } });
    return decide(saleIn({ state: 'on_sale' }), [command], NOW_MS).changes.facts.map(({ type, payload }) => [type, JSON.parse(payload)]);
  };
  const endsAtMs = NOW_MS + 1_000;
  const told = ['event.moved', { endsAtMs, number: 1, reason: 'Storm' }];
  assert.deepEqual(typesOf({ endsAtMs }), [told]);
  assert.deepEqual(typesOf({ endsAtMs, state: 'paused' }), [
    ['event.paused', { endsAtMs, state: 'paused' }],
    ['event.moved', { endsAtMs, state: 'paused', number: 1, reason: 'Storm' }],
  ]);
});

for (const state of STATES) {
  const { isSelling } = EVENT_STATES[state];
  test(`an event that is ${state} ${isSelling ? 'sells' : 'sells nothing'}`, () => {
    const [outcome] = decide(saleIn({ state, publishAtMs: laterMs }), [build.place({ bookingId: 'new-0' })], NOW_MS).outcomes;
    const closed = { kind: 'not_on_sale', reason: 'event_state', ticketTypeId: null, opensInMs: null };
    if (isSelling) assert.equal(outcome?.kind, 'booking');
    else assert.deepEqual(outcome, isPublic(state) ? closed : { kind: 'unknown_event' }, 'what is not shown is not there');
  });
}

test('what sells is shown, and some state is neither; every state is reached from draft', () => {
  for (const state of STATES) assert.ok(isPublic(state) || !EVENT_STATES[state].isSelling, state);
  assert.ok(STATES.some((state) => !isPublic(state)));
  const reached = new Set<string>(['draft']);
  for (const state of reached) for (const next of EVENT_STATES[state as EventState].next) reached.add(next);
  assert.deepEqual([...reached].sort(), [...STATES].sort());
});

/** What each state becomes by itself, at which of the two times. */
const BY_ITSELF: Readonly<Partial<Record<EventState, [EventState, 'publishAtMs' | 'endsAtMs']>>> = {
  scheduled: ['on_sale', 'publishAtMs'],
  published: ['ended', 'endsAtMs'],
  on_sale: ['ended', 'endsAtMs'],
  paused: ['ended', 'endsAtMs'],
};

for (const state of STATES) {
  const [to, field] = BY_ITSELF[state] ?? [null, null];
  test(`an event that is ${state} becomes ${to ?? 'nothing'} by itself, not a millisecond early, and once`, () => {
    const times = { publishAtMs: laterMs, endsAtMs: laterMs + 5_000 };
    const dueMs = field ? times[field] : laterMs + 5_000;
    assert.deepEqual(nextChange({ state, ...times }), to && { to, atMs: dueMs });
    assert.equal(nextChange({ state, publishAtMs: null, endsAtMs: null }), null);
    const sale = saleIn({ state, ...times });
    assert.equal(decide(sale, [], dueMs - 1).changes.terms, null);
    const { changes } = decide(sale, [{ kind: 'expire', everything: false }], dueMs);
    assert.equal(changes.terms?.state, to ?? undefined);
    assert.deepEqual(
      changes.facts.map((fact) => fact.type),
      to ? [`event.${to}`] : [],
    );
    const after = { ...sale, head: { ...sale.head, terms: changes.terms ?? sale.head.terms } };
    assert.deepEqual(decide(after, [], dueMs).changes.facts, []);
    assert.deepEqual(Object.keys(changes.terms ?? sale.head.terms), Object.keys(sale.head.terms), 'the rest of the terms stays');
  });
}

test('a sale that nobody looked at goes on sale and ends in one batch, which sells nothing', () => {
  const command = build.place({ bookingId: 'new-0' });
  const sale = saleIn({ state: 'scheduled', publishAtMs: NOW_MS, endsAtMs: laterMs });
  const { outcomes, changes } = decide(sale, [command], laterMs);
  assert.deepEqual(
    changes.facts.map((fact) => fact.type),
    ['event.on_sale', 'event.ended'],
  );
  assert.equal(outcomes[0]?.kind, 'not_on_sale');
  const [first] = decide(sale, [command], NOW_MS).outcomes;
  assert.equal(first?.kind, 'booking', 'at its time the same batch sells');
  assert.equal(decide(sale, [command], NOW_MS - 1).outcomes[0]?.kind, 'unknown_event', 'and before it nobody knows of it');
});

test('what is scheduled needs its time, and what is opened again an end that has not passed', () => {
  const change = (changes: Partial<SaleTerms>) => build.changeSale({ commandId: 'command-0', changes });
  const fieldOf = (terms: Partial<SaleTerms>, changes: Partial<SaleTerms>) => {
    const [outcome] = decide(saleIn(terms), [change(changes)], NOW_MS).outcomes;
    return outcome?.kind === 'invalid_terms' ? outcome.field : outcome?.kind;
  };
  assert.equal(fieldOf({ state: 'draft' }, { state: 'scheduled' }), 'publish_at');
  assert.equal(fieldOf({ state: 'scheduled', publishAtMs: laterMs }, { publishAtMs: null }), 'publish_at');
  const ended = { state: 'ended', endsAtMs: NOW_MS } as const;
  assert.equal(fieldOf(ended, { state: 'on_sale' }), 'ends_at');
  assert.equal(fieldOf(ended, { state: 'on_sale', endsAtMs: laterMs }), 'configured');
  assert.equal(fieldOf(ended, { state: 'on_sale', endsAtMs: null }), 'configured');
});

test('a time that is set when it has passed is kept to at once, before the holds of its batch', () => {
  const place = build.place({ bookingId: 'new-0' });
  const change = (changes: Partial<SaleTerms>) => build.changeSale({ commandId: 'command-0', changes });
  const ended = decide(saleIn({}), [place, change({ endsAtMs: NOW_MS })], NOW_MS);
  assert.deepEqual([ended.outcomes[0]?.kind, ended.changes.terms?.state], ['not_on_sale', 'ended']);
  const opened = decide(saleIn({ state: 'draft' }), [place, change({ state: 'scheduled', publishAtMs: NOW_MS })], NOW_MS);
  assert.deepEqual([opened.outcomes[0]?.kind, opened.changes.terms?.state], ['booking', 'on_sale']);
  assert.deepEqual(
    opened.changes.facts.map((fact) => fact.type),
    ['event.scheduled', 'event.on_sale', 'booking.held'],
  );
});
