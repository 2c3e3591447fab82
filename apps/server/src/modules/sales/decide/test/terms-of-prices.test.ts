import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TicketTypeTerms } from '../../commands.ts';
import type { Fee, PriceRules, Pricing, PromoTerms, Tax } from '../../prices.ts';
import { PLAIN_PRICE } from '../../prices.ts';
import { decide } from '../decide.ts';
import { quoteBasket } from '../offer-basket.ts';
import { TERMS } from '../terms.ts';
import { findInvalidPricing, findInvalidPromo, findInvalidRules, PRICE_TERMS } from '../terms-of-prices.ts';
import { changeTicketType, createTicketType } from './build-commands.ts';
import { buildState, NOW_MS, ticketType } from './build-state.ts';

const MILLION = 1_000_000;
const { feeMinorMax, priceMinorMax } = PRICE_TERMS;
const bears = { ticketTypeIds: null, onFree: true };
const percent = (ratePpm: number): Fee => ({ name: 'share', kind: 'percent', ratePpm, ...bears });
const perTicket = (amountMinor: number): Fee => ({ name: 'each', kind: 'per_ticket', amountMinor, ...bears });
const perBooking = (amountMinor: number): Fee => ({ name: 'once', kind: 'per_booking', amountMinor, ...bears });
const tax = (ratePpm: number, included = false): Tax => ({ name: 'tax', ratePpm, included, onFees: true, ticketTypeIds: null });

function fiveOf(fee: Fee): Fee[] {
  return Array.from({ length: PRICE_TERMS.feesMax }, () => fee);
}

/** The dearest that terms allow, each in its own way. */
const DEAREST: Readonly<Record<string, Pick<Pricing, 'fees' | 'taxes'>>> = {
  'one fee of the whole price, the others by the ticket': {
    fees: [percent(MILLION), ...fiveOf(perTicket(feeMinorMax)).slice(1)],
    taxes: [tax(MILLION)],
  },
  'five fees by the ticket': { fees: fiveOf(perTicket(feeMinorMax)), taxes: [tax(MILLION)] },
  'five fees by the booking': { fees: fiveOf(perBooking(feeMinorMax)), taxes: [tax(MILLION)] },
  'everything in fifths, rounded up five times': {
    fees: fiveOf(percent(MILLION / 5)),
    taxes: fiveOf(percent(0)).map(() => tax(MILLION / 5)),
  },
  'a tax on top beside one that is included': {
    fees: [percent(MILLION), perTicket(feeMinorMax)],
    taxes: [tax(MILLION), tax(MILLION, true)],
  },
};

for (const [name, { fees, taxes }] of Object.entries(DEAREST)) {
  test(`the total stays a safe integer at the most of everything: ${name}`, () => {
    for (const per of ['ticket', 'line', 'booking'] as const) {
      const pricing: Pricing = { rounding: { mode: 'up', per }, fees, taxes };
      assert.equal(findInvalidPricing(pricing), null);
      const types = [
        ticketType({ id: 'type-0', capacity: TERMS.bookingMax, terms: { priceMinor: priceMinorMax, bookingMax: TERMS.bookingMax } }),
      ];
      const state = buildState({ terms: { pricing, bookingMax: TERMS.bookingMax }, types });
      const lines = [{ ticketTypeId: 'type-0', quantity: TERMS.bookingMax }];
      const basket = quoteBasket(state, { lines, accessCode: null, promoCode: null }, NOW_MS);
      assert.ok(basket.kind === 'priced' && Number.isSafeInteger(basket.totalMinor), JSON.stringify(basket));
      // Numbers that are safe have been added exactly.
      const parts = [...fees.map((fee) => exactly(fee)), BigInt(priceMinorMax) * BigInt(TERMS.bookingMax)];
      const net = parts.reduce((sum, part) => sum + part, 0n);
      const includedPpm = taxes.reduce((sum, each) => sum + (each.included ? BigInt(each.ratePpm) : 0n), BigInt(MILLION));
      const added = taxes.reduce((sum, each) => sum + (each.included ? 0n : ceil(net * BigInt(each.ratePpm), includedPpm)), 0n);
      assert.equal(BigInt(basket.totalMinor), net + added);
    }
  });
}

function exactly(fee: Fee): bigint {
  if (fee.kind === 'percent') return (BigInt(priceMinorMax) * BigInt(TERMS.bookingMax) * BigInt(fee.ratePpm)) / BigInt(MILLION);
  return BigInt(fee.amountMinor) * (fee.kind === 'per_ticket' ? BigInt(TERMS.bookingMax) : 1n);
}

function ceil(numerator: bigint, denominator: bigint): bigint {
  return (numerator + denominator - 1n) / denominator;
}

const pricingOf = (fees: Fee[], taxes: Tax[] = []): Pricing => ({ rounding: { mode: 'half_up', per: 'booking' }, fees, taxes });

const BEYOND: readonly (readonly [Pricing, string])[] = [
  [pricingOf([...fiveOf(percent(0)), percent(0)]), 'pricing/fees'],
  [pricingOf([perTicket(feeMinorMax + 1)]), 'pricing/fees/0/amount_minor'],
  [pricingOf([perTicket(1), perBooking(-1)]), 'pricing/fees/1/amount_minor'],
  [pricingOf([percent(0.5)]), 'pricing/fees/0/rate_ppm'],
  [pricingOf([percent(600_000), percent(400_001)]), 'pricing/fees'],
  [pricingOf([], [tax(MILLION + 1)]), 'pricing/taxes/0/rate_ppm'],
  [pricingOf([], [tax(600_000), tax(400_001)]), 'pricing/taxes'],
  [pricingOf([], [tax(600_000, true), tax(400_001, true)]), 'pricing/taxes'],
];

test('fees and taxes beyond the terms are refused by name', () => {
  for (const [pricing, field] of BEYOND) assert.equal(findInvalidPricing(pricing)?.field, field);
  assert.equal(findInvalidPricing(null), null);
});

const tier = { name: 'early', priceMinor: 100, endsAtMs: null, untilTaken: 5 };
const rulesOf = (rules: Partial<PriceRules>): PriceRules => ({ ...PLAIN_PRICE, ...rules });

const RULES: readonly (readonly [PriceRules, string | null])[] = [
  [rulesOf({ tiers: [tier, { ...tier, untilTaken: 6 }], addOn: { to: null, perTicket: 100 } }), null],
  [rulesOf({ tiers: [tier, { ...tier, untilTaken: null, endsAtMs: 1 }] }), null],
  [rulesOf({ tiers: [{ ...tier, untilTaken: null }] }), 'tiers/0'],
  [rulesOf({ tiers: [tier, tier] }), 'tiers/1/until_taken'],
  [
    rulesOf({
      tiers: [
        { ...tier, endsAtMs: 7 },
        { ...tier, endsAtMs: 7, untilTaken: 9 },
      ],
    }),
    'tiers/1/ends_at',
  ],
  [rulesOf({ tiers: [{ ...tier, untilTaken: 0 }] }), 'tiers/0/until_taken'],
  [rulesOf({ tiers: [{ ...tier, priceMinor: priceMinorMax + 1 }] }), 'tiers/0/price_minor'],
  [rulesOf({ tiers: Array.from({ length: 11 }, (_, index) => ({ ...tier, untilTaken: index + 1 })) }), 'tiers'],
  [rulesOf({ tiers: [tier], isDonation: true }), 'tiers'],
  [rulesOf({ addOn: { to: null, perTicket: 0 } }), 'add_on/per_ticket'],
  [rulesOf({ addOn: { to: null, perTicket: 101 } }), 'add_on/per_ticket'],
];

test('tiers and add-ons are within the terms, or refused by name', () => {
  for (const [rules, field] of RULES) assert.equal(findInvalidRules(rules)?.field ?? null, field, JSON.stringify(rules));
});

const half: PromoTerms = {
  state: 'active',
  kind: 'percent',
  value: 500_000,
  ticketTypeIds: null,
  startsAtMs: null,
  endsAtMs: null,
  usesMax: 0,
  buyerUsesMax: 1,
};

const PROMOS: readonly (readonly [Partial<PromoTerms>, string | null])[] = [
  [{}, null],
  [{ value: 0 }, 'value'],
  [{ value: MILLION + 1 }, 'value'],
  [{ kind: 'amount', value: priceMinorMax }, null],
  [{ kind: 'amount', value: priceMinorMax + 1 }, 'value'],
  [{ usesMax: -1 }, 'uses_max'],
  [{ buyerUsesMax: 0 }, 'buyer_uses_max'],
  [{ startsAtMs: 5, endsAtMs: 5 }, 'ends_at'],
];

test('promo codes are within the terms, or refused by name', () => {
  for (const [terms, field] of PROMOS) assert.equal(findInvalidPromo({ ...half, ...terms })?.field ?? null, field, JSON.stringify(terms));
});

test('an add-on goes with tickets: with itself or another add-on it could never be had', () => {
  const addOnTo = (to: readonly string[] | null) => ({ addOn: { to, perTicket: 1 } });
  const state = buildState({
    types: [
      ticketType({ id: 'type-0' }),
      ticketType({ id: 'type-1', terms: addOnTo(['type-0']) }),
      ticketType({ id: 'type-2', terms: addOnTo(null) }),
      ticketType({ id: 'type-3' }),
    ],
  });
  const fieldOf = (ticketTypeId: string, terms: Partial<TicketTypeTerms>) => {
    const [outcome] = decide(state, [changeTicketType({ commandId: 'c', ticketTypeId, changes: terms })], NOW_MS).outcomes;
    return outcome?.kind === 'invalid_terms' ? outcome.field : outcome?.kind;
  };
  assert.equal(fieldOf('type-1', addOnTo(['type-1'])), 'add_on/ticket_type_ids');
  assert.equal(fieldOf('type-1', addOnTo(['type-3', 'type-2'])), 'add_on/ticket_type_ids');
  assert.equal(fieldOf('type-0', addOnTo(['type-3'])), 'add_on', 'another goes with it');
  assert.equal(fieldOf('type-1', addOnTo(['type-3'])), 'configured');
  assert.equal(fieldOf('type-3', addOnTo(null)), 'configured');
  assert.equal(fieldOf('type-0', { priceMinor: 5 }), 'configured');
  const created = createTicketType({ commandId: 'c', ticketTypeId: 'type-4', capacity: 1, terms: addOnTo(['type-2']) });
  const [outcome] = decide(state, [created], NOW_MS).outcomes;
  assert.equal(outcome?.kind === 'invalid_terms' && outcome.field, 'add_on/ticket_type_ids');
});
