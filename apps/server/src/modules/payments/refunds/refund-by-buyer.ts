import { uuidFromText } from '../../../platform/ids/index.ts';
import { invariant } from '../../../platform/invariant.ts';
import { commandIdOf, readBookings, type Booking, type BookingOutcome, type Refusal } from '../../sales/index.ts';
import type { Payments } from '../context.ts';
import { readPolicy, type RefundPolicy } from '../queries/policies.ts';
import { amountByPolicy } from './amount-by-policy.ts';

export type RefundByBuyer = {
  eventId: string;
  bookingId: string;
  buyerKey: string;
  idempotencyKey: string;
  tickets: readonly number[] | 'all';
};

/** Why the policy does not let a buyer give tickets back. */
export type NotByPolicy = { kind: 'not_by_policy'; reason: 'no_policy' | 'too_late' | 'not_by_card' };

/**
 * Gives a buyer's tickets back, where the event's policy lets buyers do so themselves. What was given back before is left to the
 * lane, policy or not: it knows a repeat from something new, and nothing goes back twice.
 */
export async function refundByBuyer(payments: Payments, request: RefundByBuyer): Promise<BookingOutcome | Refusal | NotByPolicy> {
  const { eventId, bookingId, buyerKey } = request;
  const { bookings } = await readBookings(payments.sales, { eventId, bookingIds: [bookingId] });
  const [booking] = bookings;
  if (booking?.buyerKey !== buyerKey) return { kind: 'unknown_booking' };
  const numbers = numbersOf(booking, request.tickets);
  if (numbers.every((number) => booking.returned.includes(number))) return submit(payments, request, { amountMinor: null, keepFees: true });
  await payments.beforeReturn({ eventId, bookingId, buyerKey, numbers });
  const policy = await readPolicy(payments.db, eventId);
  if (policy === null) return { kind: 'not_by_policy', reason: 'no_policy' };
  const reason = await findObjection(payments, booking, { eventId, policy });
  if (reason !== null) return { kind: 'not_by_policy', reason };
  // Where all of it goes back the lane knows best how much that is.
  const amountMinor = policy.percent === 100 ? null : amountByPolicy(booking, numbers, policy);
  return submit(payments, request, { amountMinor, keepFees: policy.keepFees });
}

function numbersOf({ quantity, returned }: Booking, tickets: readonly number[] | 'all'): readonly number[] {
  if (tickets !== 'all') return tickets;
  return Array.from({ length: quantity }, (_, index) => index + 1).filter((number) => !returned.includes(number));
}

const HOUR_MS = 3_600_000;

type Under = { eventId: string; policy: RefundPolicy };

async function findObjection({ clock, startOf }: Payments, { paidMinor, tender }: Booking, { eventId, policy }: Under) {
  const startsAtMs = await startOf(eventId);
  const isTooLate = startsAtMs === null || clock.nowMs() > startsAtMs - policy.untilHoursBefore * HOUR_MS;
  if (isTooLate) return 'too_late';
  // What was paid at a desk is paid out at a desk.
  return paidMinor > 0 && tender !== 'card' ? 'not_by_card' : null;
}

/** The fingerprint is of what was asked, not of what that is worth now: a repeat asks for the same when it is worth nothing any more. */
async function submit(
  { sales }: Payments,
  { eventId, bookingId, buyerKey, idempotencyKey, tickets }: RefundByBuyer,
  terms: { amountMinor: number | null; keepFees: boolean },
): Promise<BookingOutcome | Refusal> {
  const actor = { kind: 'buyer', buyerKey } as const;
  const outcome = await sales.lanes.submit(eventId, {
    kind: 'refund',
    commandId: commandIdOf(eventId, actor, idempotencyKey),
    fingerprint: uuidFromText(`${bookingId}\nrefund by buyer\n${tickets}`),
    actor,
    bookingId,
    tickets,
    ...terms,
    restock: true,
    reason: 'asked_by_buyer',
  });
  invariant(outcome.kind !== 'configured' && outcome.kind !== 'expired', 'a command on a booking has an outcome of a booking');
  return outcome;
}
