import { invariant } from '../../../platform/invariant.ts';
import type { Account, TransferKind } from '../money.ts';
import type { Draft } from './draft.ts';
import type { Booking } from './state.ts';

/** An amount by whom it is due to. */
export type Shares = { sales: number; fees: number; taxes: number };

type Between = { kind: TransferKind; debit: Account; credit: Account };

export function transfer(
  draft: Draft,
  booking: Booking,
  { kind, debit, credit }: Between,
  money: { amountMinor: number; currency: string },
): void {
  const { amountMinor, currency } = money;
  invariant(amountMinor >= 0, 'no transfer is negative');
  if (amountMinor > 0) draft.changes.transfers.push({ kind, bookingId: booking.id, debit, credit, amountMinor, currency });
}

/** What was paid for a booking reaches the account `into`. */
export function receive(draft: Draft, booking: Booking, into: Account): void {
  const { sales, fees, taxes } = sharesOf(booking, { salesMinor: salesMinorOf(booking), extraBefore: 0, extraAfter: booking.extraMinor });
  move(draft, booking, { sales, fees, taxes }, (account) => ({ kind: 'payment', debit: into, credit: account }));
}

/** Gives `amountMinor` of a booking back by way of the account `from`; `extraMinor` of it from fees and added taxes. */
export function giveBack(
  draft: Draft,
  booking: Booking,
  { amountMinor, extraMinor, from, kind }: { amountMinor: number; extraMinor: number; from: Account; kind: TransferKind },
): void {
  const extraBefore = booking.refundedExtraMinor;
  const shares = sharesOf(booking, { salesMinor: amountMinor - extraMinor, extraBefore, extraAfter: extraBefore + extraMinor });
  move(draft, booking, shares, (account) => ({ kind, debit: account, credit: from }));
  booking.refundedMinor += amountMinor;
  booking.refundedExtraMinor += extraMinor;
}

/** What a booking costs without fees and added taxes. */
export function salesMinorOf({ totalMinor, extraMinor }: Booking): number {
  return totalMinor - extraMinor;
}

/**
 * Of what comes on top, fees go before taxes: the share of fees in an amount is the difference between the shares in all
 * that was given back before and after it, so that in the end both come out to the unit.
 */
function sharesOf(
  booking: Booking,
  { salesMinor, extraBefore, extraAfter }: { salesMinor: number; extraBefore: number; extraAfter: number },
): Shares {
  const feesMinor = Math.min(
    booking.extraMinor,
    (booking.charges?.fees ?? []).reduce((sum, fee) => sum + fee.amountMinor, 0),
  );
  const feesOf = (extra: number): number => Math.min(extra, feesMinor);
  const fees = feesOf(extraAfter) - feesOf(extraBefore);
  return { sales: salesMinor, fees, taxes: extraAfter - extraBefore - fees };
}

function move(draft: Draft, booking: Booking, shares: Shares, between: (account: keyof Shares) => Between): void {
  const { currency } = booking;
  for (const account of ['sales', 'fees', 'taxes'] as const) {
    transfer(draft, booking, between(account), { amountMinor: shares[account], currency });
  }
}
