import { stockOf, type BookingState } from '../booking-states.ts';
import type { LedgerKind } from '../decide/changes.ts';

type Move = { from: BookingState | null; to: BookingState };

/** What each kind of ledger entry does to a booking. The other kinds (set_aside, capacity) belong to none. */
const LEDGER_MOVES = {
  hold: { from: null, to: 'held' },
  sell: { from: null, to: 'confirmed' },
  confirm: { from: 'held', to: 'confirmed' },
  release: { from: 'held', to: 'released' },
  expire: { from: 'held', to: 'expired' },
  cancel: { from: 'confirmed', to: 'cancelled' },
  reclaim: { from: 'expired', to: 'confirmed' },
} as const satisfies Partial<Record<LedgerKind, Move>>;

const NO_BOOKING: ReadonlySet<string> = new Set<LedgerKind>(['set_aside', 'capacity']);

export function moveOf(kind: string): Move | null {
  return Object.hasOwn(LEDGER_MOVES, kind) ? LEDGER_MOVES[kind as keyof typeof LEDGER_MOVES] : null;
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
