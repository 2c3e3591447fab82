import type { ExpiredOutcome } from '../outcomes.ts';
import { isPending } from '../booking-states.ts';
import { bookingOf, type Draft } from './draft.ts';
import { moveBooking } from './move-booking.ts';

/** Gives back the stock of every booking that is due. */
export function expireDue(draft: Draft): ExpiredOutcome {
  let count = 0;
  for (const id of draft.state.dueBookingIds) {
    const booking = bookingOf(draft, id);
    if (!booking || !isPending(booking.state) || booking.expiresAtMs > draft.nowMs) continue;
    moveBooking(draft, booking, { move: 'expire' });
    count += 1;
  }
  if (!draft.state.moreDue) draft.changes.expiredUntilMs = draft.nowMs;
  return { kind: 'expired', count, more: draft.state.moreDue };
}
