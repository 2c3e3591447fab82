import fc from 'fast-check';
import type { Actor, BookingCommand, Desk } from '../../commands.ts';
import type { Money, Tender } from '../../money.ts';
import { NO_MONEY } from '../../money.ts';
import type { Booking } from '../state.ts';
import * as build from './build-commands.ts';

/** At a desk each sale is somebody else's: no limit of a buyer is asked there. */
export const DESK_BUYERS = ['desk-0', 'desk-1'] as const;
/** Owed ids, few, so that the same one is settled more than once. */
const OWED_IDS = ['owed-0', 'owed-1', 'owed-2'] as const;

export const refOf = (bookingId: string): string => `pay-${bookingId}`;

type Past = {
  tender: Exclude<Tender, 'none'>;
  /** Which tickets came back: a share of them, by their numbers. */
  returned: readonly boolean[];
  /** Of what was paid, in hundredths. */
  refunded: number;
  isDisputed: boolean;
  /** An expired booking's buyer was at the provider, or was not. */
  wasAwaiting: boolean;
};

export const arbitraryPast: fc.Arbitrary<Past> = fc.record({
  tender: fc.constantFrom('card', 'card', 'card', 'cash', 'card_at_door', 'external'),
  returned: fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
  refunded: fc.constantFrom(0, 0, 30, 50, 100),
  isDisputed: fc.constantFrom(false, false, false, false, true),
  wasAwaiting: fc.boolean(),
});

/** A booking with the money and the returned tickets that one in its state can have. */
export function withPast(made: Booking, past: Past): Booking {
  switch (made.state) {
    case 'held':
    case 'released':
      return made;
    case 'awaiting_payment':
      return { ...made, ...atProvider(made) };
    case 'expired':
      return past.wasAwaiting ? { ...made, ...atProvider(made) } : made;
    case 'confirmed':
      return { ...made, ...paidFor(made, past) };
    case 'partially_refunded':
      return { ...made, ...refundedIn(made, past, 'part') };
    case 'refunded':
      return { ...made, ...refundedIn(made, past, 'all') };
    case 'cancelled':
      return { ...made, ...paidFor(made, past), returned: numbersOf(made) };
  }
}

function atProvider({ id, totalMinor }: Booking): Partial<Money> {
  return totalMinor === 0 ? {} : { paymentRef: refOf(id), tender: 'card' };
}

function paidFor({ id, totalMinor }: Booking, { tender, isDisputed }: Past): Money {
  if (totalMinor === 0) return NO_MONEY;
  const isCard = tender === 'card';
  const disputed = isCard && isDisputed ? ({ dispute: 'opened', disputedMinor: totalMinor } as const) : {};
  return { ...NO_MONEY, tender, paymentRef: isCard ? refOf(id) : null, paidMinor: totalMinor, ...disputed };
}

/** Of what went back, the tickets' prices come first: as an amount is given back. */
function refundedIn(made: Booking, past: Past, what: 'part' | 'all'): Partial<Booking> {
  const money = paidFor(made, past);
  const refundedMinor = Math.floor((money.paidMinor * past.refunded) / 100);
  const refundedExtraMinor = Math.max(0, refundedMinor - (made.totalMinor - made.extraMinor));
  const some = numbersOf(made).filter((number) => number > 1 && past.returned[number - 1]);
  return { ...money, refundedMinor, refundedExtraMinor, returned: what === 'all' ? numbersOf(made) : some };
}

function numbersOf({ quantity }: Booking): number[] {
  return Array.from({ length: quantity }, (_, index) => index + 1);
}

type OnBooking = { commandId: string; bookingId: string; actor: Actor };

/** What the provider and the organizer say of a booking's money: right, wrong, early, late and again. */
export function arbitraryMoneyCommand(
  onBooking: fc.Arbitrary<OnBooking>,
  bookings: ReadonlyMap<string, Booking>,
): fc.Arbitrary<BookingCommand> {
  const isOther = fc.constantFrom(false, false, false, true);
  const ref = (bookingId: string, other: boolean): string => (other ? 'pay-other' : refOf(bookingId));
  return fc.oneof(
    {
      weight: 2,
      arbitrary: fc.tuple(onBooking, isOther).map(([of, other]) => build.awaitPayment({ ...of, paymentRef: ref(of.bookingId, other) })),
    },
    {
      weight: 4,
      arbitrary: fc
        .record({
          of: onBooking,
          other: isOther,
          more: fc.constantFrom(0, 0, 0, 0, -1, 100),
          currency: fc.constantFrom('EUR', 'EUR', 'EUR', 'USD'),
        })
        .map(({ of, other, more, currency }) => {
          const receivedMinor = Math.max(1, (bookings.get(of.bookingId)?.totalMinor ?? 0) + more);
          return build.receivePayment({
            ...of,
            actor: { kind: 'organizer' },
            paymentRef: ref(of.bookingId, other),
            receivedMinor,
            currency,
          });
        }),
    },
    { weight: 5, arbitrary: arbitraryRefund(onBooking) },
    { weight: 1, arbitrary: arbitrarySettle(onBooking) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(onBooking, fc.constantFrom('opened' as const, 'won' as const, 'lost' as const), fc.constantFrom(900, 1_800, 100))
        .map(([of, status, amountMinor]) => build.dispute({ ...of, actor: { kind: 'organizer' }, status, amountMinor })),
    },
  );
}

function arbitraryRefund(onBooking: fc.Arbitrary<OnBooking>): fc.Arbitrary<BookingCommand> {
  const tickets = fc.oneof(
    { weight: 2, arbitrary: fc.constant('all' as const) },
    { weight: 4, arbitrary: fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 3 }) },
    { weight: 1, arbitrary: fc.constantFrom([0], [99], [1, 1]) },
  );
  return fc
    .record({
      of: onBooking,
      tickets,
      amountMinor: fc.constantFrom(null, null, null, 0, 1, 450, 900, 100_000),
      keepFees: fc.boolean(),
      restock: fc.boolean(),
    })
    .map(({ of, ...asked }) => build.refund({ ...of, ...asked, actor: { kind: 'organizer' } }));
}

function arbitrarySettle(onBooking: fc.Arbitrary<OnBooking>): fc.Arbitrary<BookingCommand> {
  return fc
    .record({
      of: onBooking,
      id: fc.constantFrom(...OWED_IDS),
      kind: fc.constantFrom('refund' as const, 'void' as const),
      isDone: fc.boolean(),
    })
    .map(({ of, id, kind, isDone }) => {
      const owed = { id, kind, amountMinor: 900, currency: 'EUR' };
      return build.settleOwed({ ...of, actor: { kind: 'organizer' }, owed, isDone });
    });
}

export const arbitraryDesk: fc.Arbitrary<Desk> = fc.record({
  tender: fc.constantFrom('cash' as const, 'card_at_door' as const, 'none' as const),
  fromSetAside: fc.boolean(),
});
