import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Command } from '../../commands.ts';
import type { Outcome } from '../../outcomes.ts';
import type { PromoTerms } from '../../prices.ts';
import { decide } from '../decide.ts';
import { quoteBasket } from '../offer-basket.ts';
import type { SaleState } from '../state.ts';
import { applyChanges } from './apply-changes.ts';
import * as build from './build-commands.ts';
import { booking, buildState, NOW_MS, promoCode, ticketType, type StateParts } from './build-state.ts';

const commandId = 'command-0';
const priced = ticketType({ id: 'type-0', terms: { priceMinor: 1_000 } });
const withCode = build.place({ bookingId: 'new-0', buyerKey: 'buyer-9', promoCode: 'FEW' });
const using = { lines: [{ ticketTypeId: 'type-0', quantity: 1, unitPriceMinor: 500 }], promoCode: 'FEW' };

function sale(few: Partial<PromoTerms>, parts: Partial<StateParts> = {}): SaleState {
  return buildState({ types: [priced], promoCodes: [promoCode({ code: 'FEW', ...few })], ...parts });
}

function told(outcomes: readonly Outcome[]): string[] {
  return outcomes.map((outcome) => (outcome.kind === 'promo_refused' ? outcome.reason : outcome.kind));
}

const REFUSED: readonly { name: string; state: SaleState; reason: string }[] = [
  { name: 'a code that does not exist', state: sale({}, { promoCodes: [] }), reason: 'unknown' },
  { name: 'a code that pauses', state: sale({ state: 'paused' }), reason: 'unknown' },
  { name: 'a code before its time', state: sale({ startsAtMs: NOW_MS + 1 }), reason: 'not_started' },
  { name: 'a code at its end', state: sale({ endsAtMs: NOW_MS }), reason: 'ended' },
  { name: 'a code without uses', state: sale({ usesMax: 0 }), reason: 'used_up' },
  {
    name: 'a code that is used up',
    state: sale({ usesMax: 1 }, { bookings: [booking({ id: 'booking-0', ...using })] }),
    reason: 'used_up',
  },
  {
    name: 'a code that its buyer has used',
    state: sale({ buyerUsesMax: 1 }, { bookings: [booking({ id: 'booking-0', ...using, buyerKey: 'buyer-9' })] }),
    reason: 'buyer_limit',
  },
  { name: 'a code for other tickets', state: sale({ ticketTypeIds: ['type-1'] }), reason: 'not_applicable' },
  { name: 'a code that takes less than half a unit off', state: sale({ value: 499 }), reason: 'not_applicable' },
  { name: 'a code for what is free', state: sale({}, { types: [ticketType({ id: 'type-0' })] }), reason: 'not_applicable' },
];

for (const { name, state, reason } of REFUSED) {
  test(`${name}: ${reason}, and nothing is written`, () => {
    const { outcomes, changes } = decide(state, [withCode], NOW_MS);
    assert.deepEqual(outcomes, [{ kind: 'promo_refused', reason }]);
    assert.deepEqual([changes.newBookings.length, changes.facts.length, changes.promoDeltas.size], [0, 0, 0]);
    const quoted = quoteBasket(state, withCode, NOW_MS);
    assert.equal(quoted.kind, reason === 'buyer_limit' ? 'priced' : 'promo_refused', 'a quote knows no buyer, and all else');
  });
}

const GIVING: Readonly<Record<string, { state?: 'held' | 'confirmed'; expiresAtMs?: number; command: Command }>> = {
  release: { command: build.release({ commandId, bookingId: 'booking-0' }) },
  cancel: { state: 'confirmed', command: build.cancel({ commandId, bookingId: 'booking-0' }) },
  expire: { expiresAtMs: NOW_MS, command: { kind: 'expire', everything: false } },
  'a higher limit': { command: build.changePromoCode({ commandId, promoId: 'promo-0', code: 'FEW', changes: { usesMax: 2 } }) },
};

for (const [name, { command, ...of }] of Object.entries(GIVING)) {
  test(`the last use of a code that comes back in a batch (${name}) is used in it, by the first that came, once`, () => {
    const state = sale({ usesMax: 1 }, { bookings: [booking({ id: 'booking-0', ...using, ...of })] });
    const second = build.place({ ...withCode, bookingId: 'new-1', buyerKey: 'buyer-8' });
    const { outcomes, changes } = decide(state, [withCode, command, second], NOW_MS);
    assert.deepEqual(
      told(outcomes).filter((_, index) => index !== 1),
      ['booking', 'used_up'],
    );
    const after = applyChanges(state, changes);
    assert.equal(after.promoCodes.get('FEW')?.used, name === 'a higher limit' ? 2 : 1);
  });
}

test('a buyer who gives a use back can use the code again, in the same batch', () => {
  const mine = booking({ id: 'booking-0', ...using, buyerKey: 'buyer-9' });
  const state = sale({ buyerUsesMax: 1 }, { bookings: [mine] });
  const { outcomes, changes } = decide(state, [withCode, build.release({ commandId, bookingId: 'booking-0' })], NOW_MS);
  assert.deepEqual(told(outcomes), ['booking', 'booking']);
  assert.equal(applyChanges(state, changes).promoUses.get('buyer-9')?.get('FEW'), 1);
});

test('a late payment keeps its price, also when the code is gone, paused or worth less, and counts as a use', () => {
  const expired = booking({ id: 'booking-0', ...using, state: 'expired' });
  const paid = build.confirm({ commandId, bookingId: 'booking-0', tender: 'external' });
  for (const few of [{}, { state: 'paused' as const }, { endsAtMs: NOW_MS - 1 }, { value: 1 }]) {
    const state = sale({ usesMax: 1, ...few }, { bookings: [expired] });
    const { outcomes, changes } = decide(state, [paid], NOW_MS);
    assert.ok(outcomes[0]?.kind === 'booking' && outcomes[0].booking.totalMinor === 500);
    assert.equal(applyChanges(state, changes).promoCodes.get('FEW')?.used, 1);
  }
});

test('a late payment whose code others have used up is refused, as is one of a buyer who has used it since', () => {
  const expired = booking({ id: 'booking-0', ...using, state: 'expired' });
  const paid = build.confirm({ commandId, bookingId: 'booking-0', tender: 'external' });
  const since = booking({ id: 'booking-1', ...using, buyerKey: 'buyer-1' });
  assert.deepEqual(told(decide(sale({ usesMax: 1 }, { bookings: [expired, since] }), [paid], NOW_MS).outcomes), ['used_up']);
  const bySame = [expired, { ...since, buyerKey: expired.buyerKey }];
  assert.deepEqual(told(decide(sale({ buyerUsesMax: 1 }, { bookings: bySame }), [paid], NOW_MS).outcomes), ['buyer_limit']);
  assert.deepEqual(told(decide(sale({ buyerUsesMax: 1 }, { bookings: [expired, since] }), [paid], NOW_MS).outcomes), ['booking']);
});

const half: PromoTerms = { ...promoCode({ code: 'FEW' }) };

test('a code is created once, and its name serves no other', () => {
  const create = build.createPromoCode({ commandId, promoId: 'promo-0', code: 'NEW', terms: half });
  const again = build.createPromoCode({ commandId: 'command-1', promoId: 'promo-1', code: 'NEW', terms: half });
  const use = build.place({ bookingId: 'new-0', promoCode: 'NEW' });
  const { outcomes, changes } = decide(sale({}), [use, create, create, again], NOW_MS);
  assert.deepEqual(told(outcomes), ['booking', 'configured', 'configured', 'promo_code_exists']);
  assert.equal(changes.newPromoCodes.length, 1);
  assert.ok(
    !JSON.stringify(changes.facts.filter((fact) => fact.type.startsWith('promo_code'))).includes('NEW'),
    'facts do not give it away',
  );
});

const CHANGES: readonly { name: string; few?: Partial<PromoTerms>; changes: Partial<PromoTerms>; refusal: Outcome }[] = [
  { name: 'fewer uses than there are', changes: { usesMax: 1 }, refusal: { kind: 'uses_too_low', possible: 2 } },
  {
    name: 'a limit of each buyer that comes later',
    changes: { buyerUsesMax: 3 },
    refusal: { kind: 'invalid_terms', field: 'buyer_uses_max', detail: 'can be changed, but neither added nor taken away later' },
  },
  {
    name: 'a limit of each buyer that goes',
    few: { buyerUsesMax: 3 },
    changes: { buyerUsesMax: null },
    refusal: { kind: 'invalid_terms', field: 'buyer_uses_max', detail: 'can be changed, but neither added nor taken away later' },
  },
  {
    name: 'a type that is unknown',
    changes: { ticketTypeIds: ['type-9'] },
    refusal: { kind: 'unknown_ticket_type', ticketTypeId: 'type-9' },
  },
];

for (const { name, few, changes, refusal } of CHANGES) {
  test(`a change of a code is refused: ${name}`, () => {
    const bookings = ['booking-0', 'booking-1'].map((id) => booking({ id, ...using }));
    const command = build.changePromoCode({ commandId, promoId: 'promo-0', code: 'FEW', changes });
    assert.deepEqual(decide(sale({ usesMax: 5, ...few }, { bookings }), [command], NOW_MS).outcomes, [refusal]);
    assert.deepEqual(told(decide(buildState({ types: [priced] }), [command], NOW_MS).outcomes), ['unknown_promo_code']);
  });
}
