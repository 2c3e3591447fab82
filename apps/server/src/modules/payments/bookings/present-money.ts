import type { BookingMoney as Body } from '@tessera/contract';
import { presentBooking } from '../../sales/index.ts';
import type { OwedView } from '../queries/owed.ts';
import type { TransferRow } from '../queries/transfers.ts';
import type { BookingMoney } from './list-bookings.ts';

/** A booking with its money, as the API shows it to who sells. */
export function presentMoney(eventId: string, { booking, nowMs, transfers, owed }: BookingMoney): Body {
  return {
    booking: presentBooking(eventId, booking, nowMs),
    transfers: transfers.map(presentTransfer),
    owed: owed.map(presentOwed),
  };
}

function presentTransfer({ seq, at, kind, debit, credit, amountMinor, currency }: TransferRow): Body['transfers'][number] {
  return { number: seq, at: at.toISOString(), kind, debit, credit, amount_minor: amountMinor, currency };
}

function presentOwed({
  id,
  kind,
  amountMinor,
  currency,
  reason,
  tries,
  lastError,
  createdAt,
  doneAt,
  failedAt,
}: OwedView): Body['owed'][number] {
  return {
    id,
    kind,
    amount_minor: amountMinor,
    currency,
    reason,
    state: doneAt ? 'done' : failedAt ? 'failed' : 'open',
    tries,
    last_error: lastError,
    created_at: createdAt.toISOString(),
    ended_at: (doneAt ?? failedAt)?.toISOString() ?? null,
  };
}
