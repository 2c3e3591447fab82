import fc from 'fast-check';
import type { Actor, Command, Line } from '../../commands.ts';
import type { SaleState } from '../state.ts';
import { arbitraryDesk, arbitraryMoneyCommand, DESK_BUYERS } from './arbitrary-money.ts';
import { arbitraryPromo, arbitraryTiers, PROMO_CODES } from './arbitrary-prices.ts';
import {
  ACCESS_CODE,
  BOOKING_IDS,
  BUYERS,
  arbitraryBound,
  arbitraryLines,
  arbitrarySaleTerms,
  arbitraryState,
  arbitraryStateWithoutOffers,
  arbitraryTypeTerms,
  some,
} from './arbitrary-state.ts';
import * as build from './build-commands.ts';
import { NOW_MS } from './build-state.ts';

export type Case = { state: SaleState; commands: Command[] };

/** Ids under which commands run: few, so that they repeat and are used for something else. */
const COMMAND_IDS = Array.from({ length: 60 }, (_, index) => `command-${index}`);
const NEW_BOOKING_IDS = Array.from({ length: 30 }, (_, index) => `new-${index}`);

const commandId = fc.constantFrom(...COMMAND_IDS);
const buyerKey = fc.constantFrom(...BUYERS);
const capacity = fc.oneof(fc.integer({ min: 0, max: 14 }), fc.integer({ min: 10, max: 30 }));

/** An arbitrary state and an arbitrary batch of every kind of command. */
export const arbitraryCase: fc.Arbitrary<Case> = arbitraryState.chain(arbitraryBatchOn);

/** The same where nobody offers tickets, nor begins to: every ticket that is sold is one more. */
export const arbitraryCaseWithoutOffers: fc.Arbitrary<Case> = arbitraryStateWithoutOffers
  .chain(arbitraryBatchOn)
  .map(({ state, commands }) => ({ state, commands: commands.filter(({ kind }) => kind !== 'offer') }));

function arbitraryBatchOn(state: SaleState): fc.Arbitrary<Case> {
  return fc.record({ state: fc.constant(state), commands: fc.array(arbitraryCommand(state), { maxLength: 14 }) });
}

function arbitraryCommand(state: SaleState): fc.Arbitrary<Command> {
  const typeIds = [...state.ticketTypes.keys()];
  return fc.oneof(
    { weight: 10, arbitrary: arbitraryPlace(typeIds) },
    { weight: 1, arbitrary: arbitraryDeskSale(typeIds) },
    { weight: 8, arbitrary: arbitraryBookingCommand },
    { weight: 7, arbitrary: arbitraryMoneyCommand(onBooking, state.bookings) },
    { weight: 1, arbitrary: fc.constant<Command>({ kind: 'expire', everything: false }) },
    { weight: 4, arbitrary: arbitraryTypeCommand([...typeIds, ...typeIds, 'type-new', 'type-unknown']) },
    {
      weight: 3,
      arbitrary: arbitraryQuotaCommand(typeIds, [...state.quotas.keys(), ...state.quotas.keys(), 'quota-new', 'quota-unknown']),
    },
    { weight: 1, arbitrary: arbitrarySaleCommand },
    { weight: 2, arbitrary: arbitraryPromoCommand(typeIds) },
  );
}

function arbitraryPlace(typeIds: readonly string[]): fc.Arbitrary<Command> {
  const rarelyUnknown = fc.constantFrom(...Array<boolean>(30).fill(false), true);
  const lines: fc.Arbitrary<Line[]> = rarelyUnknown.chain((isUnknown) =>
    arbitraryLines(isUnknown ? [...typeIds, 'type-unknown'] : typeIds),
  );
  return fc
    .record({
      bookingId: fc.oneof(
        { weight: 12, arbitrary: fc.constantFrom(...NEW_BOOKING_IDS) },
        { weight: 1, arbitrary: fc.constantFrom(...BOOKING_IDS) },
      ),
      buyerKey,
      lines,
      accessCode: fc.constantFrom(ACCESS_CODE, ACCESS_CODE, null),
      confirm: fc.constantFrom(false, false, true),
      promoCode: fc.constantFrom(null, null, null, null, ...PROMO_CODES, 'NEW'),
      // Mostly whatever it costs; else what it may have cost before.
      expectedTotalMinor: fc.constantFrom(...Array<null>(9).fill(null), 0, 1_500),
      chosenPriceMinor: fc.constantFrom(...Array<undefined>(9).fill(undefined), 0, 1_500, 6_000),
      isRepeat: fc.constantFrom(false, false, true),
    })
    .map(({ isRepeat, chosenPriceMinor, ...of }) => {
      const [first, ...rest] = of.lines;
      const asked = first && chosenPriceMinor !== undefined ? { ...of, lines: [{ ...first, chosenPriceMinor }, ...rest] } : of;
      return build.place(isRepeat && !of.bookingId.startsWith('new') ? { ...asked, fingerprint: 'as-placed' } : asked);
    });
}

function arbitraryDeskSale(typeIds: readonly string[]): fc.Arbitrary<Command> {
  return fc
    .record({
      bookingId: fc.constantFrom(...NEW_BOOKING_IDS),
      buyerKey: fc.constantFrom(...DESK_BUYERS),
      lines: arbitraryLines(typeIds),
      desk: arbitraryDesk,
    })
    .map(({ desk, ...of }) => build.sellAtDesk(of, desk));
}

function arbitraryPromoCommand(typeIds: readonly string[]): fc.Arbitrary<Command> {
  const code = fc.constantFrom(...PROMO_CODES, 'NEW');
  const changes = fc.record(
    {
      state: fc.constantFrom('active' as const, 'active' as const, 'paused' as const),
      usesMax: fc.option(fc.integer({ min: 0, max: 6 }), { nil: null }),
      buyerUsesMax: fc.constantFrom(null, 1, 2),
      endsAtMs: fc.constantFrom(null, null, NOW_MS, NOW_MS + 1),
    },
    { requiredKeys: [], noNullPrototype: true },
  );
  return fc.oneof(
    fc
      .tuple(commandId, arbitraryPromo('NEW', typeIds))
      .map(([id, { code: name, used: _used, ...terms }]) =>
        build.createPromoCode({ commandId: id, promoId: `promo-${name}`, code: name, terms }),
      ),
    fc
      .tuple(commandId, code, changes)
      .map(([id, name, to]) => build.changePromoCode({ commandId: id, promoId: `promo-${name}`, code: name, changes: to })),
  );
}

const actor: fc.Arbitrary<Actor> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Actor>({ kind: 'organizer' }) },
  { weight: 2, arbitrary: buyerKey.map((key): Actor => ({ kind: 'buyer', buyerKey: key })) },
);

const onBooking = fc.record({
  commandId,
  actor,
  bookingId: fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...BOOKING_IDS) },
    { weight: 1, arbitrary: fc.constantFrom(...NEW_BOOKING_IDS) },
  ),
});

const ticketNumbers = fc.uniqueArray(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 });

const arbitraryBookingCommand: fc.Arbitrary<Command> = fc.oneof(
  fc.tuple(onBooking, ticketNumbers, fc.boolean()).map(([of, tickets, isWithdrawn]) => build.offer({ ...of, tickets, isWithdrawn })),
  onBooking.map(build.release),
  onBooking.map(build.cancel),
  fc.tuple(onBooking, fc.boolean()).map(([of, paid]) => build.confirm({ ...of, tender: paid ? 'external' : null })),
  fc.tuple(onBooking, fc.constantFrom(null, 1, 1_000, 10_000_000, -5_000)).map(([of, extensionMs]) => build.extend({ ...of, extensionMs })),
);

function arbitraryTypeCommand(typeIds: readonly string[]): fc.Arbitrary<Command> {
  const ticketTypeId = fc.constantFrom(...typeIds);
  return fc.oneof(
    fc.record({ commandId, ticketTypeId, capacity, terms: arbitraryTypeTerms }).map(build.createTicketType),
    fc
      .record({
        commandId,
        ticketTypeId,
        capacity: fc.option(capacity, { nil: null }),
        changes: fc.record(
          {
            priceMinor: fc.constantFrom(0, 700),
            buyerMax: fc.constantFrom(null, 1, 3),
            bookingMin: fc.constantFrom(0, 1, 2),
            salesEndMs: arbitraryBound,
            tiers: arbitraryTiers(fc.constantFrom(0, 700)),
          },
          { requiredKeys: [], noNullPrototype: true },
        ),
      })
      .map(build.changeTicketType),
    fc.record({ commandId, ticketTypeId, quantity: fc.integer({ min: -3, max: 3 }) }).map(build.setAside),
  );
}

function arbitraryQuotaCommand(typeIds: readonly string[], quotaIds: readonly string[]): fc.Arbitrary<Command> {
  const quotaId = fc.constantFrom(...quotaIds);
  const twice = { weight: 1, arbitrary: some(typeIds).map((ids) => [...ids, ...ids]) };
  // Mostly members that exist: an unknown one refuses the whole command.
  const members = fc.oneof({ weight: 8, arbitrary: some(typeIds) }, { weight: 1, arbitrary: some([...typeIds, 'type-new']) }, twice);
  return fc.oneof(
    fc.record({ commandId, quotaId, capacity, ticketTypeIds: members }).map(build.createQuota),
    fc
      .record({
        commandId,
        quotaId,
        capacity: fc.option(capacity, { nil: null }),
        ticketTypeIds: fc.option(members, { nil: null }),
      })
      .map(build.changeQuota),
  );
}

const SALE_FIELDS = [
  'state',
  'buyerMax',
  'bookingMax',
  'holdLengthMs',
  'salesEndMs',
  'pricing',
  'publishAtMs',
  'endsAtMs',
  'resale',
] as const;

const arbitrarySaleCommand: fc.Arbitrary<Command> = fc
  .tuple(commandId, arbitrarySaleTerms, fc.constantFrom(...SALE_FIELDS))
  .map(([id, terms, field]) => build.changeSale({ commandId: id, changes: { [field]: terms[field] } }));
