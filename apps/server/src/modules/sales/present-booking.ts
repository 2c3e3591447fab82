import type { Booking as BookingBody, Charges as ChargesBody } from '@tessera/contract';
import { formatCellId, formatId } from '../../platform/ids/index.ts';
import { isPending } from './booking-states.ts';
import type { Booking, BookingLine } from './decide/state.ts';
import type { Charges } from './prices.ts';

/** A booking as the API shows it, at `nowMs` of the clock that decided about it. */
export function presentBooking(eventId: string, booking: Booking, nowMs: number): BookingBody {
  return {
    id: formatCellId('bkg', eventId, booking.id),
    event_id: formatId('evt', eventId),
    state: booking.state,
    lines: presentLines(eventId, booking.lines),
    quantity: booking.quantity,
    total_minor: booking.totalMinor,
    paid_minor: booking.paidMinor,
    refunded_minor: booking.refundedMinor,
    returned_tickets: [...booking.returned],
    offered_tickets: booking.offers.map((offer) => offer.number),
    promo_code: booking.promoCode,
    charges: booking.charges && presentCharges(booking.charges),
    currency: booking.currency,
    held_at: timeText(booking.heldAtMs),
    expires_at: timeText(booking.expiresAtMs),
    expires_in_seconds: isPending(booking.state) ? secondsLeft(booking.expiresAtMs, nowMs) : null,
    extended: booking.extended,
    confirmed_at: booking.confirmedAtMs === null ? null : timeText(booking.confirmedAtMs),
    closed_at: booking.closedAtMs === null ? null : timeText(booking.closedAtMs),
  };
}

export function presentLines(eventId: string, lines: readonly BookingLine[]): BookingBody['lines'] {
  return lines.map((line) => ({
    ticket_type_id: formatCellId('typ', eventId, line.ticketTypeId),
    quantity: line.quantity,
    unit_price_minor: line.unitPriceMinor,
  }));
}

export function presentCharges({ discountMinor, fees, taxes, lines }: Charges): ChargesBody {
  return {
    discount_minor: discountMinor,
    fees: fees.map((fee) => ({ name: fee.name, amount_minor: fee.amountMinor })),
    taxes: taxes.map((tax) => ({ name: tax.name, rate_ppm: tax.ratePpm, included: tax.included, amount_minor: tax.amountMinor })),
    lines: lines.map((line) => ({ list_price_minor: line.listPriceMinor, tier: line.tier })),
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
