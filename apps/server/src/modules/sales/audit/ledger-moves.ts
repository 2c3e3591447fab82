import { stockOf, type BookingState } from '../booking-states.ts';
import type { LedgerKind } from '../decide/changes.ts';

/** `to` is the state that the entry leads to; without another entry a booking may go on to those of `on`, whose stock is the same. */
type Move = { from: BookingState | null; to: BookingState; on: readonly BookingState[] };

/** What each kind of ledger entry does to a booking. The other kinds (set_aside, capacity) belong to none. */
const LEDGER_MOVES = {
  hold: { from: null, to: 'held', on: ['awaiting_payment'] },
  sell: { from: null, to: 'confirmed', on: ['partially_refunded'] },
  confirm: { from: 'held', to: 'confirmed', on: ['partially_refunded'] },
  release: { from: 'held', to: 'released', on: ['refunded'] },
  expire: { from: 'held', to: 'expired', on: ['refunded'] },
  refuse: { from: 'held', to: 'refunded', on: [] },
  reclaim: { from: 'expired', to: 'confirmed', on: ['partially_refunded'] },
  refund_part: { from: 'confirmed', to: 'partially_refunded', on: [] },
  refund: { from: 'confirmed', to: 'refunded', on: [] },
  cancel: { from: 'confirmed', to: 'cancelled', on: [] },
} as const satisfies Partial<Record<LedgerKind, Move>>;

const NO_BOOKING: ReadonlySet<string> = new Set<LedgerKind>(['set_aside', 'capacity']);

export function moveOf(kind: string): Move | null {
  return Object.hasOwn(LEDGER_MOVES, kind) ? LEDGER_MOVES[kind as keyof typeof LEDGER_MOVES] : null;
}

/** Whether entries of this kind are of some tickets of a booking, or of those that others have left. */
export function isOfPart(kind: string): boolean {
  return kind === 'refund_part' || kind === 'refund';
}

/** How many bookings more or fewer keep stock by an entry of this kind. */
export function bookingsBy(kind: string): -1 | 0 | 1 {
  const move = moveOf(kind);
  if (!move) return 0;
  const keeps = (state: BookingState | null) => Number(state !== null && stockOf(state) !== null);
  return (keeps(move.to) - keeps(move.from)) as -1 | 0 | 1;
}

/** Whether an entry of this kind names a booking, names none, or is not known at all. */
export function belongingOf(kind: string): 'booking' | 'no_booking' | 'unknown' {
  if (moveOf(kind)) return 'booking';
  return NO_BOOKING.has(kind) ? 'no_booking' : 'unknown';
}

export type StockChange = { held: number; sold: number };

/** What a booking's tickets of one type change in the counters on the way from one state to another. */
export function changeBetween(from: BookingState | null, to: BookingState, quantity: number): StockChange {
  const before = from === null ? null : stockOf(from);
  const after = stockOf(to);
  const change = (stock: 'held' | 'sold') => quantity * (Number(after === stock) - Number(before === stock));
  return { held: change('held'), sold: change('sold') };
}
