import type { Tier } from '../prices.ts';
import type { TicketType } from './state.ts';

export type TierPart = { quantity: number; priceMinor: number; tier: string | null };

/**
 * The list prices of the next `quantity` tickets of a type. Where a tier ends by stock within them, the rest of them
 * belongs to the next: nothing is sold at a tier's price that would be more than the tier has. (A late payment keeps the
 * price that was held, whatever has become of its tier.)
 */
export function tierParts({ terms, held, sold }: TicketType, quantity: number, nowMs: number): TierPart[] {
  const { tiers } = terms;
  if (tiers.length === 0) return [{ quantity, priceMinor: terms.priceMinor, tier: null }];
  const parts: TierPart[] = [];
  let taken = held + sold;
  let left = quantity;
  for (const tier of tiers) {
    const fits = Math.min(left, roomIn(tier, taken, nowMs));
    if (fits <= 0) continue;
    parts.push({ quantity: fits, priceMinor: tier.priceMinor, tier: tier.name });
    taken += fits;
    left -= fits;
    if (left === 0) return parts;
  }
  return [...parts, { quantity: left, priceMinor: terms.priceMinor, tier: null }];
}

function roomIn(tier: Tier, taken: number, nowMs: number): number {
  if (tier.endsAtMs !== null && nowMs >= tier.endsAtMs) return 0;
  return tier.untilTaken === null ? Number.POSITIVE_INFINITY : tier.untilTaken - taken;
}
