import { CommandFailed, readBookings, refundBooking, type Booking } from '../../sales/index.ts';
import type { Payments } from '../context.ts';
import { endRunBookings, type RunBookingEnd } from '../queries/refund-run-bookings.ts';
import type { RefundRun } from './refund-run.ts';

/**
 * Refunds some bookings of a run. Each is a command of the lane whose id comes from the run and the booking: whoever does it again,
 * after a crash or beside another server, is told how it went the first time. Answers how many could not be done now.
 */
export async function refundBookings(
  payments: Pick<Payments, 'db' | 'sales' | 'log'>,
  run: RefundRun,
  bookingIds: readonly string[],
): Promise<number> {
  const { bookings } = await readBookings(payments.sales, { eventId: run.eventId, bookingIds });
  const known = new Map(bookings.map((booking) => [booking.id, booking]));
  const ends = await Promise.all(bookingIds.map((id) => refundOne(payments, run, { id, booking: known.get(id) })));
  const ended = ends.filter((end) => end !== null);
  await endRunBookings(payments.db, run, ended);
  return ends.length - ended.length;
}

type One = { id: string; booking: Booking | undefined };

/** Null where the lane does not answer: it is tried again. */
async function refundOne(
  { sales, log }: Pick<Payments, 'sales' | 'log'>,
  run: RefundRun,
  { id: bookingId, booking }: One,
): Promise<RunBookingEnd | null> {
  const failed = (detail: string): RunBookingEnd => ({ bookingId, state: 'failed', detail });
  if (!booking) return failed('unknown_booking');
  // What was paid at a desk is paid out at a desk, and noted there.
  if (isPaidAtDesk(booking)) return failed('not_by_card');
  const { eventId, keepFees, restock } = run;
  const asked = { eventId, bookingId, tickets: 'all', amountMinor: null, keepFees, restock, reason: 'refund_run' } as const;
  const actor = { kind: 'organizer' } as const;
  try {
    const outcome = await refundBooking(sales, { ...asked, actor, idempotencyKey: `refund run ${run.id} ${bookingId}` });
    if (outcome.kind === 'booking') return { bookingId, state: 'refunded', detail: null };
    // Somebody has given it back before the run came to it.
    if (outcome.kind === 'wrong_state') return { bookingId, state: 'refunded', detail: outcome.state };
    return failed(outcome.kind);
  } catch (error) {
    if (error instanceof CommandFailed) return failed('command_failed');
    log.warn({ err: error, event_id: eventId }, 'A booking of a mass refund could not be refunded now; it is tried again.');
    return null;
  }
}

function isPaidAtDesk({ tender, paidMinor, state }: Booking): boolean {
  const isSold = state === 'confirmed' || state === 'partially_refunded';
  return isSold && paidMinor > 0 && tender !== 'card';
}
