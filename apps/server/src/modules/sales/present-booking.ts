import type { Booking as BookingBody } from '@tessera/contract';
import { formatCellId, formatId } from '../../platform/ids/index.ts';
import type { Booking } from './decide/state.ts';

/** A booking as the API shows it, at `nowMs` of the clock that decided about it. */
export function presentBooking(eventId: string, booking: Booking, nowMs: number): BookingBody {
  return {
    id: formatCellId('bkg', eventId, booking.id),
    event_id: formatId('evt', eventId),
    state: booking.state,
    lines: booking.lines.map((line) => ({
      ticket_type_id: formatCellId('typ', eventId, line.ticketTypeId),
      quantity: line.quantity,
      unit_price_minor: line.unitPriceMinor,
    })),
    quantity: booking.quantity,
    total_minor: booking.totalMinor,
    currency: booking.currency,
    held_at: timeText(booking.heldAtMs),
    expires_at: timeText(booking.expiresAtMs),
    expires_in_seconds: booking.state === 'held' ? secondsLeft(booking.expiresAtMs, nowMs) : null,
    extended: booking.extended,
    confirmed_at: booking.confirmedAtMs === null ? null : timeText(booking.confirmedAtMs),
    closed_at: booking.closedAtMs === null ? null : timeText(booking.closedAtMs),
  };
}

/** Rounded down: a countdown that promises a second too much costs a buyer the tickets. */
function secondsLeft(expiresAtMs: number, nowMs: number): number {
  return Math.max(0, Math.floor((expiresAtMs - nowMs) / 1000));
}

const TIMES_MAX = 100;
const times = new Map<number, string>();

/** All bookings of a batch have the batch's time: most texts are known already, and writing one costs 0.5 µs. */
function timeText(ms: number): string {
  const known = times.get(ms);
  if (known !== undefined) return known;
  if (times.size >= TIMES_MAX) times.clear();
  const text = new Date(ms).toISOString();
  times.set(ms, text);
  return text;
}
