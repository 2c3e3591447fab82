import type { Booking } from '../sales/index.ts';

/** A payment that this server has seen begin, and has not seen end. */
export type Awaited = { eventId: string; bookingId: string; askAtMs: number };

/**
 * Which payments to ask the provider about, shortly before the tickets would be given to others: its notification may be lost. Kept
 * in memory alone: what a crash forgets is asked for when the booking has expired, as every booking that nobody paid is voided.
 */
export type AwaitedPayments = {
  /** What a batch has changed, at `nowMs` of its clock. */
  note(eventId: string, changed: Iterable<Booking>, nowMs: number): void;
  /** Takes out what is to be asked about now, a page at most. */
  takeDue(limit: number): Awaited[];
};

/** So long before the tickets would be lost: the provider's answer and the lane's take less. */
const LEAD_MS = 15_000;
/** About a minute of the fastest sale; the oldest are forgotten first. */
const KEPT_MAX = 50_000;

export function buildAwaitedPayments(monotonicMs: () => number = () => performance.now()): AwaitedPayments {
  const kept = new Map<string, Awaited>();
  const keep = (eventId: string, { id, expiresAtMs }: Booking, nowMs: number): void => {
    kept.set(id, { eventId, bookingId: id, askAtMs: monotonicMs() + Math.max(0, expiresAtMs - nowMs - LEAD_MS) });
    const [oldest] = kept.keys();
    if (kept.size > KEPT_MAX && oldest !== undefined) kept.delete(oldest);
  };
  return {
    note: (eventId, changed, nowMs) => {
      for (const booking of changed) {
        if (booking.state === 'awaiting_payment') keep(eventId, booking, nowMs);
        else kept.delete(booking.id);
      }
    },
    takeDue: (limit) => {
      const now = monotonicMs();
      const due: Awaited[] = [];
      for (const awaited of kept.values()) {
        if (due.length >= limit) break;
        if (awaited.askAtMs > now) continue;
        due.push(awaited);
        kept.delete(awaited.bookingId);
      }
      return due;
    },
  };
}
