import { invariant } from '../../platform/invariant.ts';

/** The states of a booking and the moves between them, as data. Stock: which counter its tickets stand in. */
export const BOOKING_STATES = {
  held: {
    stock: 'held',
    moves: { await: 'awaiting_payment', confirm: 'confirmed', release: 'released', expire: 'expired', refuse: 'refunded' },
  },
  // The buyer is at the payment provider.
  awaiting_payment: { stock: 'held', moves: { confirm: 'confirmed', release: 'released', expire: 'expired', refuse: 'refunded' } },
  confirmed: { stock: 'sold', moves: { refund_part: 'partially_refunded', refund: 'refunded', cancel: 'cancelled' } },
  // Some tickets or some of the money were given back; there are tickets left.
  partially_refunded: { stock: 'sold', moves: { refund_part: 'partially_refunded', refund: 'refunded', cancel: 'cancelled' } },
  // Money that comes for what is released goes back.
  released: { stock: null, moves: { refuse: 'refunded' } },
  // A payment that arrives late takes the stock again, if there is any, and goes back if there is none.
  expired: { stock: null, moves: { reclaim: 'confirmed', refuse: 'refunded' } },
  refunded: { stock: null, moves: {} },
  cancelled: { stock: null, moves: {} },
} as const satisfies Record<string, { stock: 'held' | 'sold' | null; moves: Partial<Record<BookingMove, string>> }>;

export type BookingMove = 'await' | 'confirm' | 'release' | 'expire' | 'refuse' | 'reclaim' | 'refund_part' | 'refund' | 'cancel';
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

/** Whether a booking in `state` keeps its tickets for a while only. */
export function isPending(state: BookingState): boolean {
  return stockOf(state) === 'held';
}

/** Whether a booking in `state` is sold. */
export function isSold(state: BookingState): boolean {
  return stockOf(state) === 'sold';
}

export function parseBookingState(text: string): BookingState {
  invariant(Object.hasOwn(BOOKING_STATES, text), `no such booking state: ${text}`);
  return text as BookingState;
}
