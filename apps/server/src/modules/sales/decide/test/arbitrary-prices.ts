import fc from 'fast-check';
import type { AddOn, Fee, PriceRules, Pricing, PromoCode, Rounding, Tax, Tier } from '../../prices.ts';
import { NOW_MS } from './build-state.ts';

/** Few codes, so that commands and bookings meet on them. */
export const PROMO_CODES = ['HALF', 'LESS', 'FEW'] as const;

const MODES: readonly Rounding['mode'][] = ['half_up', 'half_even', 'up', 'down'];

/** Nothing, next to nothing, thirds, the most that is allowed, and anything between. */
export const arbitraryAmount: fc.Arbitrary<number> = fc.oneof(
  fc.constantFrom(0, 1, 2, 3, 5, 33, 99, 100, 333_333, 1_000_001, 33_333_333_333, 100_000_000_000),
  fc.integer({ min: 0, max: 100_000_000_000 }),
);

/** Five of the largest make 100 %, which is the most that is allowed. */
const rate = fc.oneof(fc.constantFrom(0, 1, 70_000, 190_000, 200_000), fc.integer({ min: 0, max: 200_000 }));

/** Objects as any other, which can be cloned and compared. */
function plain<Of>(fields: { [Name in keyof Of]: fc.Arbitrary<Of[Name]> }): fc.Arbitrary<Of> {
  return fc.record<Of>(fields, { noNullPrototype: true });
}

export const arbitraryRounding = (per: readonly Rounding['per'][] = ['ticket', 'line', 'booking']): fc.Arbitrary<Rounding> =>
  plain({ mode: fc.constantFrom(...MODES), per: fc.constantFrom(...per) });

function someOrAll(typeIds: readonly string[]): fc.Arbitrary<string[] | null> {
  return fc.option(fc.uniqueArray(fc.constantFrom(...typeIds), { minLength: 1, maxLength: typeIds.length }), { nil: null, freq: 2 });
}

export function arbitraryFee(typeIds: readonly string[]): fc.Arbitrary<Fee> {
  const bears = { ticketTypeIds: someOrAll(typeIds), onFree: fc.boolean() };
  const amountMinor = fc.oneof(fc.constantFrom(0, 1, 50, 10_000_000_000), fc.integer({ min: 0, max: 1_000 }));
  return fc.oneof(
    plain({ name: fc.constant('share'), kind: fc.constant('percent' as const), ratePpm: rate, ...bears }),
    plain({ name: fc.constant('each'), kind: fc.constantFrom('per_ticket' as const, 'per_booking' as const), amountMinor, ...bears }),
  );
}

export function arbitraryTax(typeIds: readonly string[], included: fc.Arbitrary<boolean> = fc.boolean()): fc.Arbitrary<Tax> {
  return plain({ name: fc.constant('tax'), ratePpm: rate, included, onFees: fc.boolean(), ticketTypeIds: someOrAll(typeIds) });
}

/** Fees and taxes within the bounds of the terms; fewer than the most, so that a test can add one. */
export function arbitraryPricing(typeIds: readonly string[], rounding = arbitraryRounding()): fc.Arbitrary<Pricing> {
  return plain({
    rounding,
    fees: fc.array(arbitraryFee(typeIds), { maxLength: 4 }),
    taxes: fc.array(arbitraryTax(typeIds), { maxLength: 4 }),
  });
}

/** Tiers that end by stock, by time, or by both; none in half of the cases. */
export function arbitraryTiers(priceMinor: fc.Arbitrary<number>): fc.Arbitrary<Tier[]> {
  const step = plain({
    priceMinor,
    by: fc.constantFrom('stock' as const, 'time' as const, 'both' as const),
    more: fc.integer({ min: 1, max: 3 }),
    endsInMs: fc.constantFrom(-1, 0, 1, 60_000),
  });
  return fc.oneof(
    fc.constant<Tier[]>([]),
    fc.array(step, { minLength: 1, maxLength: 3 }).map((steps) => {
      let taken = 0;
      let endsAtMs = NOW_MS - 1_000;
      return steps.map(({ priceMinor: price, by, more, endsInMs }, index) => {
        taken += more;
        endsAtMs = Math.max(endsAtMs + 1, NOW_MS + endsInMs);
        return {
          name: `tier-${index}`,
          priceMinor: price,
          endsAtMs: by === 'stock' ? null : endsAtMs,
          untilTaken: by === 'time' ? null : taken,
        };
      });
    }),
  );
}

/** Mostly neither add-on nor donation: the one never sells alone, the other has no tiers. */
export function arbitraryRules(typeIds: readonly string[], priceMinor: fc.Arbitrary<number>): fc.Arbitrary<PriceRules> {
  const addOn: fc.Arbitrary<AddOn> = plain({ to: someOrAll(typeIds), perTicket: fc.integer({ min: 1, max: 3 }) });
  return plain({
    tiers: arbitraryTiers(priceMinor),
    addOn,
    isAddOn: fc.constantFrom(...Array<boolean>(7).fill(false), true),
    isDonation: fc.constantFrom(false, false, false, false, true),
  }).map(({ tiers, addOn: of, isAddOn, isDonation }) => ({ tiers: isDonation ? [] : tiers, addOn: isAddOn ? of : null, isDonation }));
}

/** A code that works in most cases, with few uses. `used` is what others than the named bookings use of it. */
export function arbitraryPromo(code: string, typeIds: readonly string[]): fc.Arbitrary<PromoCode> {
  const value = fc.oneof(
    plain({ kind: fc.constant('percent' as const), value: fc.constantFrom(1, 333_333, 500_000, 1_000_000) }),
    plain({ kind: fc.constant('amount' as const), value: fc.constantFrom(1, 500, 100_000_000_000) }),
  );
  const bound = fc.constantFrom(...Array<null>(9).fill(null), NOW_MS);
  return plain({
    value,
    state: fc.constantFrom(...Array<'active'>(9).fill('active'), 'paused' as const),
    ticketTypeIds: someOrAll(typeIds),
    startsAtMs: bound,
    endsAtMs: bound,
    usesMax: fc.option(fc.integer({ min: 0, max: 5 }), { nil: null, freq: 2 }),
    buyerUsesMax: fc.option(fc.integer({ min: 1, max: 2 }), { nil: null, freq: 2 }),
    used: fc.integer({ min: 0, max: 2 }),
  }).map(({ value: of, startsAtMs, ...rest }) => ({ ...rest, ...of, code, startsAtMs: rest.endsAtMs === null ? startsAtMs : null }));
}
