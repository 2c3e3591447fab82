import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Line } from '../../commands.ts';
import { presentCharges, presentLines } from '../../present-booking.ts';
import type { Pricing } from '../../prices.ts';
import { decide } from '../decide.ts';
import { addUpFees, addUpTaxes } from '../extras.ts';
import { quoteBasket } from '../offer-basket.ts';
import type { PricedBasket } from '../price-basket.ts';
import type { BookingLine, SaleState } from '../state.ts';
import { findInvalidPricing } from '../terms-of-prices.ts';
import {
  arbitraryAmount,
  arbitraryFee,
  arbitraryPricing,
  arbitraryPromo,
  arbitraryRounding,
  arbitraryRules,
  arbitraryTax,
} from './arbitrary-prices.ts';
import { place } from './build-commands.ts';
import { buildState, NOW_MS, ticketType } from './build-state.ts';

const RUNS = 1_500;
const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);
const TYPE_IDS = ['type-0', 'type-1', 'type-2'] as const;
const CURRENCIES = ['JPY', 'EUR', 'USD', 'BHD'] as const;

type Asked = { state: SaleState; lines: Line[]; promoCode: string | null };

/** A basket of up to 10,000 tickets at any prices, under any rules. */
const asked: fc.Arbitrary<Asked> = fc
  .record({
    pricing: fc.option(arbitraryPricing(TYPE_IDS), { nil: null, freq: 5 }),
    types: fc.tuple(
      ...TYPE_IDS.map((id) =>
        fc.record({ id: fc.constant(id), priceMinor: arbitraryAmount, rules: arbitraryRules(TYPE_IDS, arbitraryAmount) }),
      ),
    ),
    promo: fc.option(arbitraryPromo('HALF', TYPE_IDS), { nil: null, freq: 2 }),
    quantities: fc.tuple(...TYPE_IDS.map(() => fc.oneof(fc.constantFrom(0, 1, 3), fc.integer({ min: 0, max: 3_333 })))),
    gift: fc.integer({ min: 0, max: 1_000 }),
    currency: fc.constantFrom(...CURRENCIES),
  })
  .filter(({ quantities }) => quantities.some((quantity) => quantity > 0))
  .map(({ pricing, types, promo, quantities, gift, currency }) => {
    const state = buildState({
      terms: { pricing, bookingMax: 10_000 },
      types: types.map(({ id, priceMinor, rules }) =>
        ticketType({ id, capacity: 10_000, terms: { priceMinor, bookingMax: 10_000, ...rules } }),
      ),
      promoCodes: promo ? [promo] : [],
    });
    const lines = types.map(({ id: ticketTypeId, priceMinor, rules }, index): Line => {
      const line = { ticketTypeId, quantity: quantities[index] ?? 0 };
      return rules.isDonation && gift > 300 ? { ...line, chosenPriceMinor: Math.min(priceMinor + gift, 100_000_000_000) } : line;
    });
    return {
      state: { ...state, head: { ...state.head, currency } },
      lines: lines.filter((line) => line.quantity > 0),
      promoCode: promo?.code ?? null,
    };
  });

function quoteOf({ state, lines, promoCode }: Asked) {
  return quoteBasket(state, { lines, accessCode: null, promoCode }, NOW_MS);
}

/** Checks what a quote says, wherever there is one; most baskets have one. */
function assertOfQuotes(check: (basket: PricedBasket, of: Asked) => void): void {
  let priced = 0;
  fc.assert(
    fc.property(asked, (of) => {
      const basket = quoteOf(of);
      if (basket.kind !== 'priced') return;
      priced += 1;
      check(basket, of);
    }),
    { numRuns: RUNS },
  );
  assert.ok(priced > RUNS / 3, `only ${priced} baskets had a price`);
}

const linesMinor = (lines: readonly BookingLine[]): number => sum(lines.map((line) => line.quantity * line.unitPriceMinor));

test('a quote adds up, in whole minor units, and nothing in it is negative', () => {
  assertOfQuotes((basket, { lines }) => {
    const { fees, taxes, discountMinor } = basket.charges ?? { fees: [], taxes: [], discountMinor: 0 };
    const extras = [...fees, ...taxes.filter((tax) => !tax.included)].map(({ amountMinor }) => amountMinor);
    assert.equal(basket.extraMinor, sum(extras));
    assert.equal(basket.totalMinor, linesMinor(basket.lines) + basket.extraMinor);
    const amounts = [...extras, ...taxes.map((tax) => tax.amountMinor), ...basket.lines.map((line) => line.unitPriceMinor), discountMinor];
    for (const amount of [...amounts, basket.totalMinor]) assert.ok(Number.isSafeInteger(amount) && amount >= 0, `${amount}`);
    for (const { ticketTypeId, quantity } of lines) {
      const ofType = basket.lines.filter((line) => line.ticketTypeId === ticketTypeId);
      assert.equal(sum(ofType.map((line) => line.quantity)), quantity);
    }
  });
});

test('a discount is what the lines are cheaper than listed, and never more than the price', () => {
  assertOfQuotes(({ charges, lines }) => {
    if (!charges) return;
    assert.equal(charges.lines.length, lines.length);
    const off = lines.map(
      ({ quantity, unitPriceMinor }, index) => quantity * ((charges.lines[index]?.listPriceMinor ?? 0) - unitPriceMinor),
    );
    for (const each of off) assert.ok(each >= 0);
    assert.equal(charges.discountMinor, sum(off));
  });
});

test('a hold decided on the same state costs what the quote says', () => {
  assertOfQuotes((basket, { state, lines, promoCode }) => {
    const command = place({ bookingId: 'new-0', buyerKey: 'buyer-new', lines, promoCode, expectedTotalMinor: basket.totalMinor });
    const [outcome] = decide(state, [command], NOW_MS).outcomes;
    assert.ok(outcome?.kind === 'booking', JSON.stringify(outcome));
    const { lines: held, totalMinor, extraMinor, charges, currency } = outcome.booking;
    assert.deepEqual({ kind: 'priced', lines: held, totalMinor, extraMinor, charges }, basket);
    assert.equal(currency, state.head.currency);
  });
});

test('what the API shows of it is whole numbers in every currency, whatever its decimals', () => {
  const wholeOf = (value: unknown): void => {
    if (typeof value === 'number') assert.ok(Number.isSafeInteger(value), `${value}`);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(wholeOf);
  };
  const eventId = '0190ffff-0000-7000-8000-000000000000';
  assertOfQuotes(({ lines, charges }) => {
    wholeOf(
      presentLines(
        eventId,
        lines.map((line) => ({ ...line, ticketTypeId: eventId })),
      ),
    );
    if (charges) wholeOf(presentCharges(charges));
  });
});

test('included taxes never exceed what they are in, each of them and all together', () => {
  assertOfQuotes(({ lines, charges }, { state }) => {
    const taxes = state.head.terms.pricing?.taxes ?? [];
    const feesMinor = sum(charges?.fees.map((fee) => fee.amountMinor) ?? []);
    const baseOf = (of: typeof taxes) =>
      linesMinor(lines.filter((line) => of.some(({ ticketTypeIds: ids }) => ids === null || ids.includes(line.ticketTypeId)))) +
      (of.some((tax) => tax.onFees) ? feesMinor : 0);
    const included = taxes.filter((tax) => tax.included);
    const amounts = charges?.taxes.filter((tax) => tax.included).map((tax) => tax.amountMinor) ?? [];
    for (const [index, tax] of included.entries())
      assert.ok((amounts[index] ?? 0) <= baseOf([tax]), `${amounts[index]} of ${baseOf([tax])}`);
    assert.ok(sum(amounts) <= baseOf(included));
  });
});

test('many included taxes of a price of next to nothing, all rounded up, stay within it, whatever else is in the basket', () => {
  const taxes = Array.from({ length: 5 }, () => ({
    name: 'tax',
    ratePpm: 70_000,
    included: true,
    onFees: false,
    ticketTypeIds: ['type-0'],
  }));
  const lines = TYPE_IDS.map((ticketTypeId) => ({ ticketTypeId, quantity: 1, unitPriceMinor: 3 }));
  const amounts = addUpTaxes(lines, [], { rounding: { mode: 'up', per: 'booking' }, fees: [], taxes }).map((tax) => tax.amountMinor);
  assert.deepEqual(amounts, [1, 1, 1, 0, 0]);
});

test('one more fee, or one more tax on top, never lowers the total', () => {
  fc.assert(
    fc.property(asked, arbitraryFee(TYPE_IDS), arbitraryTax(TYPE_IDS, fc.constant(false)), (of, fee, tax) => {
      const { pricing } = of.state.head.terms;
      const basket = quoteOf(of);
      if (basket.kind !== 'priced' || !pricing) return;
      for (const more of [{ fees: [...pricing.fees, fee] }, { taxes: [...pricing.taxes, tax] }]) {
        const terms = { ...of.state.head.terms, pricing: { ...pricing, ...more } };
        const dearer = quoteOf({ ...of, state: { ...of.state, head: { ...of.state.head, terms } } });
        assert.ok(dearer.kind === 'priced' && dearer.totalMinor >= basket.totalMinor);
      }
    }),
    { numRuns: RUNS },
  );
});

const bookingLines = fc.array(
  fc.record({ ticketTypeId: fc.constantFrom(...TYPE_IDS), quantity: fc.integer({ min: 1, max: 50 }), unitPriceMinor: arbitraryAmount }),
  { minLength: 1, maxLength: 5 },
);

/** The same tickets: each line in two, from the last to the first. */
function splitUp(lines: readonly BookingLine[]): BookingLine[] {
  const half = ({ quantity, ...line }: BookingLine) => ({ ...line, quantity: Math.floor(quantity / 2) });
  return lines
    .toReversed()
    .flatMap((line) => [half(line), { ...line, quantity: line.quantity - half(line).quantity }].filter((each) => each.quantity > 0));
}

function extrasOf(lines: readonly BookingLine[], pricing: Pricing) {
  const fees = addUpFees(lines, pricing);
  return { fees, taxes: addUpTaxes(lines, fees, pricing) };
}

function assertStable(per: 'ticket' | 'line' | 'booking'): void {
  fc.assert(
    fc.property(bookingLines, arbitraryPricing(TYPE_IDS, arbitraryRounding([per])), (lines, pricing) => {
      assert.deepEqual(extrasOf(splitUp(lines), pricing), extrasOf(lines, pricing));
    }),
    { numRuns: RUNS },
  );
}

test('fees and taxes rounded for each ticket or once do not depend on how tickets stand in lines, nor in which order', () => {
  assertStable('ticket');
  assertStable('booking');
  assert.throws(() => assertStable('line'), /Property failed/, 'where each line is rounded they do');
});

test('pricings of these tests are within the terms', () => {
  fc.assert(fc.property(arbitraryPricing(TYPE_IDS), (pricing) => findInvalidPricing(pricing) === null));
});
