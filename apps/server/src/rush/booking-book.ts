import type { Booking } from '@tessera/contract';
import type { PromiseBook } from './promises.ts';

/** What a buyer was told about a booking of theirs. */
export type KnownBooking = {
  id: string;
  token: string;
  quantity: number;
  /** Lines with prices, total and currency as they were first answered. */
  price: string;
  state: Booking['state'];
};

/** Every acknowledged booking, to be looked for at the end. */
export type BookingBook = {
  /** Writes down an answer. Notes a broken promise where it contradicts an earlier one. */
  note(booking: Booking, token: string): void;
  all(): Iterable<KnownBooking>;
  readonly size: number;
  /** Tickets of bookings that were acknowledged as confirmed. */
  readonly sold: number;
};

/** No state of a booking comes back once it is left, and these are never left here: nobody cancels. */
const FINAL: ReadonlySet<string> = new Set(['confirmed', 'released', 'expired', 'cancelled']);

export function buildBookingBook(promises: PromiseBook, capacity: number): BookingBook {
  const known = new Map<string, KnownBooking>();
  let sold = 0;
  const sell = (booking: Booking): void => {
    sold += booking.quantity;
    if (sold > capacity) promises.broken('never_oversold', `${booking.id} makes ${sold} sold of ${capacity}`);
  };
  return {
    note: (booking, token) => {
      const before = known.get(booking.id);
      if (before === undefined) {
        known.set(booking.id, { id: booking.id, token, quantity: booking.quantity, price: priceOf(booking), state: booking.state });
        if (booking.state === 'confirmed') sell(booking);
        return;
      }
      const contradiction = findContradiction(before, booking, token);
      if (contradiction !== null) promises.broken(contradiction.name, contradiction.example);
      if (before.state === 'held' && booking.state === 'confirmed') sell(booking);
      before.state = booking.state === 'held' ? before.state : booking.state;
    },
    all: () => known.values(),
    get size() {
      return known.size;
    },
    get sold() {
      return sold;
    },
  };
}

type Contradiction = { name: 'price_kept' | 'booking_kept' | 'one_booking_per_key'; example: string };

/** What an answer about a booking says against an earlier one. Answers may overtake each other: a late `held` is none. */
export function findContradiction(before: KnownBooking, now: Booking, token: string): Contradiction | null {
  if (token !== before.token) return { name: 'one_booking_per_key', example: `${now.id} was given to two buyers` };
  const price = priceOf(now);
  if (price !== before.price) return { name: 'price_kept', example: `${now.id}: ${before.price} became ${price}` };
  if (FINAL.has(before.state) && FINAL.has(now.state) && now.state !== before.state) {
    return { name: 'booking_kept', example: `${now.id}: ${before.state} became ${now.state}` };
  }
  return null;
}

function priceOf(booking: Booking): string {
  const lines = booking.lines.map((line) => `${line.quantity} x ${line.ticket_type_id} at ${line.unit_price_minor}`).sort();
  return `${lines.join(', ')}, ${booking.total_minor} ${booking.currency}`;
}
