import type { PromoCode } from '../prices.ts';
import type { Refusal } from '../outcomes.ts';
import { promoUsesOf, type Draft } from './draft.ts';
import { scale } from './round-share.ts';

type Refused = Extract<Refusal, { kind: 'promo_refused' }>;
/** What a code is asked for: the booking's, by its buyer. */
export type PromoUse = { code: string; buyerKey: string | null };

/** The promo code that may be used now, or why it may not. A code that is paused is as unknown as one that does not exist. */
export function findPromo(draft: Draft, { code, buyerKey }: PromoUse): PromoCode | Refused {
  const promo = draft.promoCodes.get(code);
  if (promo?.state !== 'active') return refused('unknown');
  if (promo.startsAtMs !== null && draft.nowMs < promo.startsAtMs) return refused('not_started');
  if (promo.endsAtMs !== null && draft.nowMs >= promo.endsAtMs) return refused('ended');
  return findOveruse(draft, promo, buyerKey) ?? promo;
}

/** The limit of a promo code that one more booking would break, or null. */
export function findOveruse(draft: Draft, promo: PromoCode, buyerKey: string | null): Refused | null {
  if (promo.usesMax !== null && promo.used >= promo.usesMax) return refused('used_up');
  const { buyerUsesMax } = promo;
  if (buyerUsesMax === null || buyerKey === null) return null;
  return promoUsesOf(draft, buyerKey, promo.code) >= buyerUsesMax ? refused('buyer_limit') : null;
}

export function refused(reason: Refused['reason']): Refused {
  return { kind: 'promo_refused', reason };
}

/** What is off the price of each ticket of a type; never more than the price. */
export function discountOf(promo: PromoCode, ticketTypeId: string, priceMinor: number): number {
  if (promo.ticketTypeIds !== null && !promo.ticketTypeIds.includes(ticketTypeId)) return 0;
  return promo.kind === 'amount' ? Math.min(promo.value, priceMinor) : scale(priceMinor, promo.value, 1_000_000, 'half_up');
}
