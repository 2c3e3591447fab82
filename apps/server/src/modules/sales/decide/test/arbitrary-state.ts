import fc from 'fast-check';
import { isPending, type BookingState } from '../../booking-states.ts';
import type { SaleTerms, TicketTypeTerms } from '../../commands.ts';
import type { Charges } from '../../prices.ts';
import type { Booking, BookingLine, SaleState, TicketType } from '../state.ts';
import { arbitraryOffering, NO_OFFERING, offerSome, takeSome, type Offering } from './arbitrary-offers.ts';
import { arbitraryPast, withPast } from './arbitrary-money.ts';
import { arbitraryPricing, arbitraryPromo, arbitraryRules, PROMO_CODES } from './arbitrary-prices.ts';
import { booking, buildState, NOW_MS, sumOver, ticketType } from './build-state.ts';

/** Few ids and small numbers, so that commands meet: the same types, the same bookings, the last ticket. */
export const BUYERS = ['buyer-0', 'buyer-1', 'buyer-2', 'buyer-3'] as const;
export const BOOKING_IDS = ['booking-0', 'booking-1', 'booking-2', 'booking-3', 'booking-4', 'booking-5'] as const;
export const ACCESS_CODE = 'friends';

const count = (max: number): fc.Arbitrary<number> => fc.integer({ min: 0, max });

/** Mostly open; else a time just before, at or after the batch's. */
export const arbitraryBound: fc.Arbitrary<number | null> = fc.oneof(
  { weight: 40, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.constantFrom(NOW_MS - 1, NOW_MS, NOW_MS + 1) },
);

function optionalLimit(min: number, max: number): fc.Arbitrary<number | null> {
  return fc.option(fc.integer({ min, max }), { nil: null, freq: 2 });
}

/** The one type that every state has: terms that name types are made before their state is. */
const FIRST_TYPE = ['type-0'] as const;
const price = fc.constantFrom(0, 0, 1_500, 4_900);
const OTHER_STATES = ['draft', 'scheduled', 'published', 'paused', 'ended', 'cancelled', 'archived'] as const;

const saleTerms: fc.Arbitrary<SaleTerms> = fc.record({
  state: fc.oneof({ weight: 30, arbitrary: fc.constant('on_sale' as const) }, { weight: 2, arbitrary: fc.constantFrom(...OTHER_STATES) }),
  holdLengthMs: fc.constantFrom(1_000, 600_000),
  salesStartMs: arbitraryBound,
  salesEndMs: arbitraryBound,
  bookingMax: fc.integer({ min: 3, max: 10 }),
  buyerMax: optionalLimit(3, 10),
  pricing: fc.oneof({ weight: 2, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: arbitraryPricing(FIRST_TYPE) }),
  publishAtMs: arbitraryBound,
  endsAtMs: arbitraryBound,
  resale: fc.constantFrom(true, true, true, false),
});

/** What is scheduled has its time. */
export const arbitrarySaleTerms: fc.Arbitrary<SaleTerms> = fc
  .tuple(saleTerms, fc.constantFrom(NOW_MS - 1, NOW_MS, NOW_MS + 1))
  .map(([terms, publishAtMs]) => (terms.state === 'scheduled' ? { ...terms, publishAtMs } : terms));

export const arbitraryTypeTerms: fc.Arbitrary<TicketTypeTerms> = fc
  .record({
    state: fc.oneof({ weight: 40, arbitrary: fc.constant('on_sale' as const) }, { weight: 1, arbitrary: fc.constant('paused' as const) }),
    position: count(5),
    priceMinor: price,
    salesStartMs: arbitraryBound,
    salesEndMs: arbitraryBound,
    bookingMin: fc.constantFrom(1, 1, 1, 1, 1, 2),
    bookingMax: fc.integer({ min: 2, max: 5 }),
    buyerMax: optionalLimit(2, 6),
    accessCode: fc.constantFrom(null, null, null, null, ACCESS_CODE),
    rules: arbitraryRules(FIRST_TYPE, price),
  })
  .map(({ rules, ...terms }) => ({ ...terms, ...rules, bookingMax: Math.max(terms.bookingMin, terms.bookingMax) }));

/** At least one of `values`, each at most once. */
export function some<Value>(values: readonly Value[], max = values.length): fc.Arbitrary<Value[]> {
  return fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: max });
}

export function arbitraryLines(typeIds: readonly string[]): fc.Arbitrary<{ ticketTypeId: string; quantity: number }[]> {
  return some(typeIds, 3).chain((ids) =>
    fc.tuple(...ids.map((ticketTypeId) => fc.integer({ min: 1, max: 3 }).map((quantity) => ({ ticketTypeId, quantity })))),
  );
}

/** A state in which counters, bookings, quotas and buyers' totals agree and nothing is oversold. */
export const arbitraryState: fc.Arbitrary<SaleState> = arbitraryStateWith(arbitraryOffering);

/** The same where nobody offers anything. */
export const arbitraryStateWithoutOffers: fc.Arbitrary<SaleState> = arbitraryStateWith(fc.constant(NO_OFFERING));

function arbitraryStateWith(arbitraryOffers: fc.Arbitrary<Offering>): fc.Arbitrary<SaleState> {
  return fc
    .integer({ min: 1, max: 4 })
    .map((typeCount) => Array.from({ length: typeCount }, (_, index) => `type-${index}`))
    .chain((typeIds) =>
      fc.record({
        terms: arbitrarySaleTerms,
        types: fc.tuple(...typeIds.map(arbitraryType)),
        quotas: fc.array(fc.record({ members: some(typeIds), slack: count(8) }), { maxLength: 3 }),
        bookings: fc.tuple(...BOOKING_IDS.map((id) => fc.option(arbitraryBooking(id, typeIds), { nil: null, freq: 6 }))),
        slacks: fc.tuple(...typeIds.map(() => count(8))),
        promos: fc.tuple(...PROMO_CODES.map((code) => arbitraryPromo(code, typeIds))),
        offering: arbitraryOffers,
        moreDue: fc.oneof({ weight: 6, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
      }),
    )
    .map(({ terms, types: withoutOffers, quotas, bookings, slacks, promos, offering, moreDue }) => {
      const named = offerSome(
        bookings.filter((each) => each !== null),
        offering,
      );
      const types = takeSome(withoutOffers, named, offering.takenMax);
      const { ticketTypes: counted, promoCodes: used } = buildState({ types, bookings: named, promoCodes: promos });
      const promoCodes = promos.map((promo) => ({
        ...promo,
        usesMax: promo.usesMax === null ? null : promo.usesMax + (used.get(promo.code)?.used ?? 0),
      }));
      const sized = types.map((type, index) => ({ ...type, capacity: usedOf(counted.get(type.id) ?? type) + (slacks[index] ?? 0) }));
      const shared = quotas.map(({ members, slack }, index) => {
        const { held, sold, setAside } = sumOver(counted, members);
        return { id: `quota-${index}`, ticketTypeIds: members, capacity: held + sold + setAside + slack };
      });
      return buildState({ terms, types: sized, quotas: shared, bookings: named, promoCodes, moreDue });
    });
}

function usedOf({ held, sold, setAside }: TicketType): number {
  return held + sold + setAside;
}

/** A type with what others than the named bookings have of it. */
function arbitraryType(id: string): fc.Arbitrary<TicketType> {
  return fc
    .record({ terms: arbitraryTypeTerms, held: count(2), sold: count(2), setAside: count(2) })
    .map(({ terms, ...stock }) => ticketType({ id, terms, ...stock }));
}

function arbitraryBooking(id: string, typeIds: readonly string[]): fc.Arbitrary<Booking> {
  return fc
    .record({
      state: fc.constantFrom<BookingState[]>(
        'held',
        'held',
        'held',
        'awaiting_payment',
        'awaiting_payment',
        'confirmed',
        'confirmed',
        'partially_refunded',
        'expired',
        'expired',
        'released',
        'refunded',
        'cancelled',
      ),
      buyerKey: fc.constantFrom(...BUYERS),
      lines: arbitraryLines(typeIds),
      unitPriceMinor: fc.constantFrom(0, 0, 900),
      extraMinor: fc.constantFrom(0, 0, 0, 50),
      isSplit: fc.boolean(),
      promoCode: fc.constantFrom(null, null, ...PROMO_CODES),
      extended: fc.boolean(),
      past: arbitraryPast,
      dueInMs: fc.constantFrom(-1_000, -1, 0, 1, 60_000, 60_000, 60_000),
    })
    .map(({ state, buyerKey, lines, unitPriceMinor, extraMinor, isSplit, promoCode, extended, past, dueInMs }) => {
      const priced: BookingLine[] = lines.map((line) => ({ ...line, unitPriceMinor }));
      const dueMs = isPending(state) ? NOW_MS + dueInMs : NOW_MS - 1_000;
      const made = booking({ id, state, buyerKey, lines: isSplit ? splitUp(priced) : priced, promoCode, extended, expiresAtMs: dueMs });
      const charges = extraMinor > 0 ? chargesOf(made) : null;
      return withPast({ ...made, extraMinor, charges, totalMinor: made.totalMinor + extraMinor }, past);
    });
}

/** Of what comes on top three fifths are a fee; the rest is a tax. */
function chargesOf({ lines }: Booking): Charges {
  const tax = { name: 'tax', ratePpm: 0, included: false, amountMinor: 20 };
  const listed = lines.map(({ unitPriceMinor }) => ({ listPriceMinor: unitPriceMinor, tier: null }));
  return { discountMinor: 0, fees: [{ name: 'fee', amountMinor: 30 }], taxes: [tax], lines: listed };
}

/** As where a tier ended within each line: its first ticket had another price than the rest. */
function splitUp(lines: readonly BookingLine[]): BookingLine[] {
  return lines.flatMap(({ quantity, ...line }) =>
    quantity === 1
      ? [{ ...line, quantity }]
      : [
          { ...line, quantity: 1 },
          { ...line, quantity: quantity - 1, unitPriceMinor: line.unitPriceMinor + 100 },
        ],
  );
}
