import { ticketTypeOf } from '../booking-tickets.ts';
import { moveOffered, type Draft } from './draft.ts';
import type { Booking, Offer } from './state.ts';

/** Ends the offers among these tickets of a booking; answers how many there were. */
export function endOffers(draft: Draft, booking: Booking, numbers: readonly number[], { isWithdrawn }: { isWithdrawn: boolean }): number {
  const ended = booking.offers.filter((offered) => numbers.includes(offered.number));
  if (ended.length === 0) return 0;
  booking.offers = booking.offers.filter((offered) => !ended.includes(offered));
  draft.changes.changedBookings.add(booking);
  for (const { number, seq } of ended) {
    const ticketTypeId = ticketTypeOf(booking.lines, number);
    forget(draft, { ticketTypeId, seq, bookingId: booking.id, number }, isWithdrawn);
    moveOffered(draft, ticketTypeId, { offered: -1, taken: 0 });
  }
  return ended.length;
}

/** What this batch has made itself was never written. */
function forget({ offers, changes }: Draft, ended: Offer, isWithdrawn: boolean): void {
  const { ticketTypeId, seq } = ended;
  offers.set(
    ticketTypeId,
    (offers.get(ticketTypeId) ?? []).filter((open) => open.seq !== seq),
  );
  const made = changes.newOffers.findIndex((open) => open.seq === seq);
  if (made >= 0) changes.newOffers.splice(made, 1);
  else changes.endedOffers.push({ ...ended, isWithdrawn });
}
