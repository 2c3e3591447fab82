import type { Booking } from '@tessera/contract';
import type { PromiseBook, PromiseName } from './promises.ts';

/** What a buyer was told about a booking of theirs. */
export type KnownBooking = {
  id: string;
  token: string;
  quantity: number;
  totalMinor: number;
  /** Lines with prices, total and currency as they were first answered. */
  price: string;
  state: Booking['state'];
  /** Tickets of it that are certainly its buyer's. */
  sold: number;
  /** Whether its buyer has paid at the provider; `perhaps` while the provider's answer is missing. */
  paid: 'no' | 'perhaps' | 'yes';
  /** Tickets that its buyer has asked to give back, and the money for them. */
  givingBack: number;
  refundedMinor: number;
};

/** Every acknowledged booking, to be looked for at the end. */
export type BookingBook = {
  /** Writes down an answer. Notes a broken promise where it contradicts an earlier one. */
  note(booking: Booking, token: string): void;
  /** The buyer pays, or has heard of the provider what came of it. */
  paying(id: string, paid: KnownBooking['paid']): void;
  /** The buyer is about to give so many tickets back; others may have them from now on. */
  givingBack(id: string, quantity: number): void;
  find(id: string): KnownBooking | undefined;
  all(): Iterable<KnownBooking>;
  readonly size: number;
  /** Tickets of bookings that were acknowledged as sold, and not given back. */
  readonly sold: number;
};

export function buildBookingBook(promises: PromiseBook, capacity: number): BookingBook {
  const known = new Map<string, KnownBooking>();
  let sold = 0;
  const sell = (booking: KnownBooking, quantity: number): void => {
    sold += quantity - booking.sold;
    booking.sold = quantity;
    if (sold > capacity) promises.broken('never_oversold', `${booking.id} makes ${sold} sold of ${capacity}`);
  };
  return {
    note: (booking, token) => {
      const before = known.get(booking.id) ?? beginOf(booking, token);
      known.set(booking.id, before);
      const contradiction = findContradiction(before, booking, token);
      if (contradiction !== null) promises.broken(contradiction.name, contradiction.example);
      // Answers may overtake each other: an earlier state than the one that is known tells nothing new.
      if (contradiction === null && !reaches(before, before.state, booking.state)) return;
      before.state = booking.state;
      before.refundedMinor = booking.refunded_minor;
      sell(before, soldIn(before, booking));
    },
    paying: (id, paid) => {
      const booking = known.get(id);
      if (booking !== undefined) booking.paid = paid;
    },
    givingBack: (id, quantity) => {
      const booking = known.get(id);
      if (booking === undefined) return;
      booking.givingBack = quantity;
      sell(booking, booking.quantity - quantity);
    },
    find: (id) => known.get(id),
    all: () => known.values(),
    get size() {
      return known.size;
    },
    get sold() {
      return sold;
    },
  };
}

function beginOf(booking: Booking, token: string): KnownBooking {
  const { id, quantity, total_minor: totalMinor } = booking;
  return { id, token, quantity, totalMinor, price: priceOf(booking), state: 'held', sold: 0, paid: 'no', givingBack: 0, refundedMinor: 0 };
}

/** An answer that overtook what was given back does not make it the buyer's again. */
function soldIn({ givingBack }: KnownBooking, { state, quantity, returned_tickets: returned }: Booking): number {
  return isSold(state) ? quantity - Math.max(returned.length, givingBack) : 0;
}

export function isSold(state: Booking['state']): boolean {
  return state === 'confirmed' || state === 'partially_refunded';
}

type Contradiction = { name: PromiseName; example: string };

/** What an answer about a booking says against an earlier one, and against what its buyer has done. */
export function findContradiction(before: KnownBooking, now: Booking, token: string): Contradiction | null {
  if (token !== before.token) return { name: 'one_booking_per_key', example: `${now.id} was given to two buyers` };
  const price = priceOf(now);
  if (price !== before.price) return { name: 'price_kept', example: `${now.id}: ${before.price} became ${price}` };
  if (reaches(before, before.state, now.state) || reaches(before, now.state, before.state)) return null;
  const isUnpaid = isSold(now.state) && before.totalMinor > 0 && before.paid === 'no';
  const example = `${now.id}: ${before.state} became ${now.state}${isUnpaid ? ', and nobody paid' : ''}`;
  return { name: isUnpaid ? 'tickets_are_paid' : 'booking_kept', example };
}

/** Whether a booking in one state can be in the other now or later, by what its buyer has done. */
export function reaches(of: KnownBooking, from: Booking['state'], to: Booking['state']): boolean {
  return from === to || nextStates(of, from).some((next) => reaches(of, next, to));
}

function nextStates({ totalMinor, paid, givingBack }: KnownBooking, state: Booking['state']): readonly Booking['state'][] {
  switch (state) {
    case 'held':
      return totalMinor === 0 ? ['confirmed', 'released', 'expired'] : ['awaiting_payment', 'released', 'expired'];
    case 'awaiting_payment':
      return paid === 'no' ? ['expired'] : ['expired', 'confirmed', 'refunded'];
    case 'expired':
      // A payment that comes late takes the tickets again, or goes back.
      return paid === 'no' ? [] : ['confirmed', 'refunded'];
    case 'confirmed':
      return givingBack === 0 ? [] : ['partially_refunded', 'refunded'];
    case 'partially_refunded':
    case 'released':
    case 'refunded':
    case 'cancelled':
      return [];
  }
}

function priceOf(booking: Booking): string {
  const lines = booking.lines.map((line) => `${line.quantity} x ${line.ticket_type_id} at ${line.unit_price_minor}`).sort();
  return `${lines.join(', ')}, ${booking.total_minor} ${booking.currency}`;
}
