import fc from 'fast-check';
import { isPending, isSold } from '../../booking-states.ts';
import { mayEndOffers, type Command, type OfferCommand, type RefundCommand } from '../../commands.ts';
import type { Booking, SaleState } from '../state.ts';
import * as build from './build-commands.ts';
import { booking, buildState, ticketType } from './build-state.ts';

/** What somebody wants at some time; the command is made of the state of that time: `of` is one of the bookings that can be meant. */
export type Wish =
  | { kind: 'place'; of: number; lines: readonly { ticketTypeId: string; quantity: number }[]; atDesk: boolean }
  | { kind: 'pay' | 'release' | 'cancel' | 'await'; of: number }
  | { kind: 'offer'; of: number; tickets: readonly number[]; isWithdrawn: boolean }
  | { kind: 'refund'; of: number; tickets: readonly number[] | 'all'; restock: boolean }
  | { kind: 'dispute'; of: number; status: 'opened' | 'won' | 'lost' }
  | { kind: 'set-aside'; ticketTypeId: string; quantity: number }
  | { kind: 'capacity'; ticketTypeId: string; capacity: number }
  | { kind: 'resale'; isOn: boolean };

/** A small house, and batches that come one after the other, some time apart. */
export type Life = { state: SaleState; batches: readonly { afterMs: number; wishes: readonly Wish[] }[] };

const TYPES = ['type-0', 'type-1'] as const;
const SELLERS = 4;
const BOOKINGS = 10;
const HOLD_MS = 600_000;

const of = fc.nat(BOOKINGS - 1);
const ofSeller = fc.nat(SELLERS - 1);
const numbers = fc.uniqueArray(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 });
const lines = fc
  .uniqueArray(fc.constantFrom(...TYPES), { minLength: 1 })
  .chain((ids) => fc.tuple(...ids.map((ticketTypeId) => fc.integer({ min: 1, max: 3 }).map((quantity) => ({ ticketTypeId, quantity })))));

const arbitraryWish: fc.Arbitrary<Wish> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ kind: fc.constant('place' as const), of, lines, atDesk: fc.constantFrom(false, false, false, true) }),
  },
  { weight: 8, arbitrary: fc.record({ kind: fc.constantFrom('pay', 'pay', 'pay', 'await', 'release', 'cancel'), of }) },
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('offer' as const), of: ofSeller, tickets: numbers, isWithdrawn: fc.constant(false) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('offer' as const), of, tickets: numbers, isWithdrawn: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('refund' as const),
      of,
      tickets: fc.oneof(numbers, fc.constant('all' as const)),
      restock: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('dispute' as const),
      of: ofSeller,
      status: fc.constantFrom('opened' as const, 'opened' as const, 'opened' as const, 'won' as const, 'won' as const, 'lost' as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('set-aside' as const),
      ticketTypeId: fc.constantFrom(...TYPES),
      quantity: fc.constantFrom(-1, 1, 2),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('capacity' as const),
      ticketTypeId: fc.constantFrom(...TYPES),
      capacity: fc.integer({ min: 4, max: 12 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('resale' as const), isOn: fc.constantFrom(true, true, true, false) }) },
);

/** Everything is sold, or nearly so: what holders offer is what there is. Some have paid by card, some have it for nothing. */
export const arbitraryLife: fc.Arbitrary<Life> = fc
  .record({
    sold: fc.tuple(
      ...Array.from({ length: SELLERS }, () => fc.record({ quantities: fc.tuple(fc.nat(2), fc.nat(2)), isFree: fc.boolean() })),
    ),
    slack: fc.tuple(fc.nat(2), fc.nat(2)),
    quotaSlack: fc.option(fc.nat(2), { nil: null }),
    batches: fc.array(
      fc.record({
        afterMs: fc.constantFrom(1_000, 1_000, 1_000, HOLD_MS + 1),
        wishes: fc.array(arbitraryWish, { minLength: 1, maxLength: 7 }),
      }),
      { minLength: 2, maxLength: 8 },
    ),
  })
  .map(({ sold, slack, quotaSlack, batches }) => {
    const sellers = sold.map(({ quantities: [first, second], isFree }, index) => aSeller(index, [first + 1, second], isFree ? 0 : 1_000));
    const counted = TYPES.map((id) => sellers.reduce((sum, each) => sum + countOf(each, id), 0));
    const types = TYPES.map((id, index) =>
      ticketType({ id, capacity: (counted[index] ?? 0) + (slack[index] ?? 0), terms: { priceMinor: 1_200 } }),
    );
    const all = counted.reduce((sum, count) => sum + count, 0);
    const quotas = quotaSlack === null ? [] : [{ id: 'quota-0', ticketTypeIds: TYPES, capacity: all + quotaSlack }];
    return { state: buildState({ terms: { holdLengthMs: HOLD_MS }, types, quotas, bookings: sellers }), batches };
  });

function aSeller(index: number, quantities: readonly number[], unitPriceMinor: number): Booking {
  const sold = TYPES.map((ticketTypeId, at) => ({
    ticketTypeId,
    quantity: quantities[at] ?? 0,
    unitPriceMinor: unitPriceMinor + at * 100,
  }));
  const ofIt = booking({
    id: `booking-${index}`,
    buyerKey: `seller-${index}`,
    state: 'confirmed',
    lines: sold.filter((line) => line.quantity > 0).map((line) => (unitPriceMinor === 0 ? { ...line, unitPriceMinor: 0 } : line)),
  });
  if (ofIt.totalMinor === 0) return ofIt;
  return {
    ...ofIt,
    tender: 'card',
    paymentRef: `pay-${index}`,
    extraMinor: 70,
    totalMinor: ofIt.totalMinor + 70,
    paidMinor: ofIt.totalMinor + 70,
  };
}

function countOf({ lines: sold }: Booking, ticketTypeId: string): number {
  return sold.reduce((sum, line) => sum + (line.ticketTypeId === ticketTypeId ? line.quantity : 0), 0);
}

/** The commands of a batch, with what every batch does by itself. */
export function commandsOf(state: SaleState, wishes: readonly Wish[], batch: number): Command[] {
  return [{ kind: 'expire', everything: false }, ...wishes.map((wish, index) => commandOf(state, wish, `command-${batch}-${index}`))];
}

const IS_MEANT: Readonly<Record<string, (booking: Booking) => boolean>> = {
  pay: ({ state }) => isPending(state) || state === 'expired',
  await: ({ state }) => isPending(state),
  release: ({ state }) => isPending(state),
};

/** Mostly one for which the wish makes sense; now and then there is none, and it is any. */
function meantBy(state: SaleState, { kind, of: place }: { kind: string; of: number }): string {
  const isMeant = IS_MEANT[kind] ?? (({ state: sold }) => isSold(sold));
  const all = [...state.bookings.values()];
  const meant = all.filter(isMeant);
  const ids = (meant.length > 0 ? meant : all).map((each) => each.id);
  return ids[place % ids.length] ?? '';
}

function commandOf(state: SaleState, wish: Wish, commandId: string): Command {
  const bookingId = wish.kind === 'place' ? `new-${commandId}` : 'of' in wish ? meantBy(state, wish) : '';
  const asked = { commandId, bookingId };
  const common = { ...asked, fingerprint: commandId, actor: { kind: 'organizer' } as const };
  switch (wish.kind) {
    case 'place':
      return build.place({
        bookingId,
        buyerKey: `buyer-${wish.of}`,
        lines: wish.lines,
        confirm: wish.atDesk,
        ...(wish.atDesk && { desk: { tender: 'cash' as const, fromSetAside: false } }),
      });
    case 'pay': {
      const found = state.bookings.get(bookingId);
      const paymentRef = found?.paymentRef ?? `pay-${bookingId}`;
      return { kind: 'receive-payment', ...common, paymentRef, receivedMinor: found?.totalMinor ?? 1, currency: 'EUR' };
    }
    case 'await':
      return { kind: 'await-payment', ...common, paymentRef: `pay-${bookingId}` };
    case 'release':
      return build.release(asked);
    case 'cancel':
      return build.cancel(asked);
    case 'offer': {
      const { tickets, isWithdrawn } = wish;
      return { kind: 'offer', ...common, tickets, isWithdrawn } satisfies OfferCommand;
    }
    case 'refund': {
      const { tickets, restock } = wish;
      return { kind: 'refund', ...common, tickets, amountMinor: null, keepFees: false, restock, reason: 'asked' } satisfies RefundCommand;
    }
    case 'dispute':
      return {
        kind: 'dispute',
        ...common,
        status: wish.status,
        amountMinor: state.bookings.get(bookingId)?.paidMinor ?? 0,
        currency: 'EUR',
      };
    case 'set-aside':
      return build.setAside({ commandId, ticketTypeId: wish.ticketTypeId, quantity: wish.quantity });
    case 'capacity':
      return build.changeTicketType({ commandId, ticketTypeId: wish.ticketTypeId, capacity: wish.capacity });
    case 'resale':
      return build.changeSale({ commandId, changes: { resale: wish.isOn } });
  }
}

/** What a batch reads: of each type as many offers as the lane's statement does, and what is due by now. */
export function asRead(state: SaleState, commands: readonly Command[], nowMs: number): SaleState {
  const due = [...state.bookings.values()].filter((each) => isPending(each.state) && each.expiresAtMs <= nowMs);
  const perhapsAgain = commands.reduce((sum, command) => sum + reclaimedBy(state, command, nowMs), 0);
  const ending = new Set(commands.filter(mayEndOffers).map((command) => command.bookingId));
  const perhapsEnded = [...ending].reduce((sum, id) => sum + (state.bookings.get(id)?.offers.length ?? 0), 0);
  const offers = [...state.ticketTypes.values()].map(({ id, offered, taken }) => {
    return [id, (state.offers.get(id) ?? []).slice(0, Math.min(offered, taken + perhapsAgain + perhapsEnded))] as const;
  });
  return { ...state, offers: new Map(offers), dueBookingIds: due.map((each) => each.id) };
}

function reclaimedBy(state: SaleState, command: Command, nowMs: number): number {
  if (command.kind === 'place') return command.confirm ? command.lines.reduce((sum, line) => sum + line.quantity, 0) : 0;
  if (command.kind !== 'receive-payment' && command.kind !== 'confirm') return 0;
  const found = state.bookings.get(command.bookingId);
  return found && (found.state === 'expired' || found.expiresAtMs <= nowMs) ? found.quantity : 0;
}
