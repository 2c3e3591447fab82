import fc from 'fast-check';
import { isPending, isSold } from '../../booking-states.ts';
import { leftByLine, ticketTypeOf } from '../../booking-tickets.ts';
import type { Booking, TicketType } from '../state.ts';

/** Which of its tickets each booking offers, and how many of each type's held ones wait for such places: as far as that can be. */
export type Offering = { picks: readonly (readonly boolean[])[]; order: readonly number[]; takenMax: readonly number[] };

const BOOKINGS_MAX = 8;
const TICKETS_MAX = 9;
const TYPES_MAX = 4;

export const arbitraryOffering: fc.Arbitrary<Offering> = fc.record({
  picks: fc.array(fc.array(fc.boolean(), { maxLength: TICKETS_MAX }), { maxLength: BOOKINGS_MAX }),
  order: fc.shuffledSubarray(
    Array.from({ length: BOOKINGS_MAX * TICKETS_MAX }, (_, index) => index - 1_000),
    { minLength: BOOKINGS_MAX * TICKETS_MAX },
  ),
  takenMax: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: TYPES_MAX, maxLength: TYPES_MAX }),
});

export const NO_OFFERING: Offering = { picks: [], order: [], takenMax: [] };

/** Sold bookings, some of them paid by card, that offer some of their tickets; the seqs come before those of a batch. */
export function offerSome(bookings: readonly Booking[], { picks, order }: Pick<Offering, 'picks' | 'order'>): Booking[] {
  return bookings.map((booking, place) => {
    if (!isSold(booking.state)) return booking;
    const numbers = Array.from({ length: booking.quantity }, (_, index) => index + 1);
    const offers = numbers
      .filter((number) => picks[place]?.[number - 1] && !booking.returned.includes(number))
      .map((number) => ({ number, seq: order[place * TICKETS_MAX + number - 1] ?? -1 }));
    return { ...booking, offers };
  });
}

/** Types some of whose held tickets wait for what the bookings offer. */
export function takeSome(types: readonly TicketType[], bookings: readonly Booking[], takenMax: readonly number[]): TicketType[] {
  return types.map((type, index) => {
    const offered = bookings.flatMap(({ lines, offers }) => offers.filter(({ number }) => ticketTypeOf(lines, number) === type.id)).length;
    const pending = bookings.filter(({ state }) => isPending(state)).reduce((sum, each) => sum + countOf(each, type.id), type.held);
    return { ...type, taken: Math.min(takenMax[index] ?? 0, offered, pending) };
  });
}

function countOf(booking: Booking, ticketTypeId: string): number {
  const left = leftByLine(booking);
  return booking.lines.reduce((sum, line, index) => sum + (line.ticketTypeId === ticketTypeId ? (left[index] ?? 0) : 0), 0);
}
