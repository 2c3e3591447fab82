import type { Fact } from '../../../platform/facts/index.ts';
import type { Booking } from './state.ts';

/** The fact of a booking's change. Its payload says what a reader needs without asking back. */
export function bookingFact(type: string, booking: Booking): Fact {
  const lines = booking.lines.map((line) => ({
    ticket_type_id: line.ticketTypeId,
    quantity: line.quantity,
    unit_price_minor: line.unitPriceMinor,
  }));
  return {
    type,
    subjectId: booking.id,
    payload: JSON.stringify({
      buyer_key: booking.buyerKey,
      lines,
      total_minor: booking.totalMinor,
      currency: booking.currency,
      expires_at_ms: booking.expiresAtMs,
    }),
  };
}

/** The fact of some tickets of a booking. */
export function ticketFact(type: string, booking: Pick<Booking, 'id' | 'buyerKey'>, of: Readonly<Record<string, unknown>>): Fact {
  return { type, subjectId: booking.id, payload: JSON.stringify({ buyer_key: booking.buyerKey, ...of }) };
}

/** The fact of an organizer's change. */
export function configuredFact(type: string, subjectId: string, change: unknown): Fact {
  return { type, subjectId, payload: JSON.stringify(change) };
}
