import type { Booking } from '../../sales/index.ts';
import type { RefundPolicy } from '../queries/policies.ts';

/**
 * What goes back for tickets by the policy, in the smallest unit: its share of what they cost, with their part of fees and added
 * taxes unless these are kept. Rounded down, in whole numbers throughout; never more than is left of what was paid.
 */
export function amountByPolicy(booking: Booking, numbers: readonly number[], { percent, keepFees }: RefundPolicy): number {
  const { totalMinor, extraMinor, paidMinor, refundedMinor, quantity } = booking;
  const prices = pricesByNumber(booking);
  const salesMinor = numbers.reduce((sum, number) => sum + (prices[number - 1] ?? 0), 0);
  const wholeMinor = totalMinor - extraMinor;
  const share = wholeMinor === 0 ? [numbers.length, quantity] : [salesMinor, wholeMinor];
  const extra = keepFees ? 0 : Number((BigInt(extraMinor) * BigInt(share[0] ?? 0)) / BigInt(share[1] ?? 1));
  const amountMinor = Number((BigInt(salesMinor + extra) * BigInt(percent)) / 100n);
  return Math.min(amountMinor, paidMinor - refundedMinor);
}

/** Tickets are numbered from one, through the lines in their order. */
function pricesByNumber({ lines }: Booking): number[] {
  return lines.flatMap(({ quantity, unitPriceMinor }) => Array.from({ length: quantity }, () => unitPriceMinor));
}
