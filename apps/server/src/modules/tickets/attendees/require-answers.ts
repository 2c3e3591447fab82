import { readBookings } from '../../sales/index.ts';
import type { AttendeesContext } from './context.ts';
import { problemOfMissing } from './errors.ts';
import { findMissingAnswers, type OfBooking } from './find-missing.ts';

/** What is about to be sold to a buyer: a booking, or a basket that is to become this booking. */
export type BeforeConfirm = { eventId: string; bookingId: string; buyerKey: string; basket: OfBooking['lines'] | null };

/** Throws ATTENDEES_INCOMPLETE where required answers of a booking are missing: nothing is to be paid for it yet. */
export async function requireAnswers(attendees: AttendeesContext, booking: OfBooking): Promise<void> {
  const missing = await findMissingAnswers(attendees, booking);
  if (missing.length > 0) throw problemOfMissing(booking.eventId, missing);
}

/**
 * The same before a free booking is confirmed. What the confirmation refuses anyway is left to it: bookings that are not there,
 * are another's or are not held, so that nobody learns of them here, and repeats are answered as they always are.
 */
export async function requireAnswersBefore(
  attendees: AttendeesContext,
  { eventId, bookingId, buyerKey, basket }: BeforeConfirm,
): Promise<void> {
  const asked = await attendees.asked.of(eventId);
  if (!asked.some((question) => question.required)) return;
  const [booking] = (await readBookings(attendees.sales, { eventId, bookingIds: [bookingId] })).bookings;
  if (basket !== null) {
    if (!booking) await requireAnswers(attendees, { eventId, bookingId, lines: basket });
    return;
  }
  if (booking?.buyerKey === buyerKey && booking.state === 'held')
    await requireAnswers(attendees, { eventId, bookingId, lines: booking.lines });
}
