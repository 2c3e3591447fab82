import { invariant } from '../../platform/invariant.ts';

/** The states of a booking and the moves between them, as data. Stock: which counter its tickets stand in. */
export const BOOKING_STATES = {
  held: { stock: 'held', moves: { confirm: 'confirmed', release: 'released', expire: 'expired' } },
  confirmed: { stock: 'sold', moves: { cancel: 'cancelled' } },
  released: { stock: null, moves: {} },
  // A payment that arrives late takes the stock again, if there is any.
  expired: { stock: null, moves: { reclaim: 'confirmed' } },
  cancelled: { stock: null, moves: {} },
} as const satisfies Record<string, { stock: 'held' | 'sold' | null; moves: Partial<Record<BookingMove, string>> }>;

export type BookingMove = 'confirm' | 'release' | 'expire' | 'cancel' | 'reclaim';
export type BookingState = keyof typeof BOOKING_STATES;

/** The state after `move`, or null if a booking in `state` cannot make it. */
export function nextState(state: BookingState, move: BookingMove): BookingState | null {
  const moves: Partial<Record<BookingMove, BookingState>> = BOOKING_STATES[state].moves;
  return moves[move] ?? null;
}

/** The counter in which the tickets of a booking in `state` stand; null if it keeps no stock. */
export function stockOf(state: BookingState): 'held' | 'sold' | null {
  return BOOKING_STATES[state].stock;
}

export function parseBookingState(text: string): BookingState {
  invariant(Object.hasOwn(BOOKING_STATES, text), `no such booking state: ${text}`);
  return text as BookingState;
}
