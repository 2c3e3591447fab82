import type { ExpiredOutcome } from '../outcomes.ts';
import { bookingOf, moveBooking, type Draft } from './draft.ts';

/** Gives back the stock of every booking that is due. */
export function expireDue(draft: Draft): ExpiredOutcome {
  let count = 0;
  for (const id of draft.state.dueBookingIds) {
    const booking = bookingOf(draft, id);
    if (booking?.state !== 'held' || booking.expiresAtMs > draft.nowMs) continue;
    moveBooking(draft, booking, 'expire');
    count += 1;
  }
  if (!draft.state.moreDue) draft.changes.expiredUntilMs = draft.nowMs;
  return { kind: 'expired', count, more: draft.state.moreDue };
}
