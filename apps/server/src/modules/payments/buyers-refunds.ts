import type { BuyersRefund } from '@tessera/contract';
import type { Booking } from '../sales/index.ts';
import type { Payments } from './context.ts';
import { readOwedOf, type OwedView } from './queries/owed.ts';

/** What the sale writes as the reason of a refund; whatever else stands there are an organizer's own words, and not for the buyer. */
const REASONS: Readonly<Record<string, BuyersRefund['reason']>> = {
  not_kept: 'not_kept',
  asked_by_buyer: 'by_buyer',
  refund_run: 'refund_run',
  resold: 'resold',
};

/** What goes back to the buyer of a booking at the provider. Asked of the database only where anything does. */
export async function readBuyersRefunds({ db }: Pick<Payments, 'db'>, eventId: string, booking: Booking): Promise<BuyersRefund[]> {
  if (booking.refundedMinor === 0 && booking.state !== 'refunded') return [];
  const owed = await readOwedOf(db, eventId, booking.id);
  return owed.filter(({ kind }) => kind === 'refund').map(present);
}

function present({ amountMinor, currency, reason, createdAt, doneAt, failedAt }: OwedView): BuyersRefund {
  return {
    amount_minor: amountMinor,
    currency,
    reason: REASONS[reason] ?? 'by_organizer',
    state: doneAt ? 'done' : failedAt ? 'failed' : 'open',
    at: (doneAt ?? failedAt ?? createdAt).toISOString(),
  };
}
