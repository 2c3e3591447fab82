import type { Command } from '../../commands.ts';
import type { Booking, SaleState } from '../state.ts';
import { applyChanges } from './apply-changes.ts';
import { type Books, keepBooks, openBooks } from './books.ts';
import { NOW_MS } from './build-state.ts';
import type { Decide } from './check-property.ts';

/** What happens to a sale at one moment: a batch, so many milliseconds after the last one. */
export type Step = { afterMs: number; commands: readonly Command[] };

export type Lived = { state: SaleState; books: Books; told: string[] };

/** Lets a sale live through some batches, as a lane would decide them, and keeps the books. */
export function liveThrough(decideOn: Decide, begin: SaleState, steps: readonly Step[]): Lived {
  const books = openBooks();
  const told: string[] = [];
  let state = begin;
  let nowMs = NOW_MS;
  for (const { afterMs, commands } of steps) {
    nowMs += afterMs;
    const batch: Command[] = [{ kind: 'expire', everything: false }, ...commands];
    const { outcomes, changes } = decideOn(withDue(state, nowMs), batch, nowMs);
    keepBooks(books, changes);
    state = applyChanges(state, changes);
    told.push(...outcomes.slice(1).map((outcome) => ('replayed' in outcome ? (outcome.replayed ? 'repeated' : 'done') : outcome.kind)));
  }
  return { state, books, told };
}

function withDue(state: SaleState, nowMs: number): SaleState {
  const isDue = ({ state: of, expiresAtMs }: Booking): boolean => (of === 'held' || of === 'awaiting_payment') && expiresAtMs <= nowMs;
  return { ...state, dueBookingIds: [...state.bookings.values()].filter(isDue).map((each) => each.id) };
}
