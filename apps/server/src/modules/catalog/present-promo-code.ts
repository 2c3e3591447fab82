import type { PromoCodeAnswer } from '@tessera/contract';
import type { PromoCode } from '../sales/index.ts';
import { presentTypes } from './present-prices.ts';
import { presentTime } from './present-time.ts';

/** A promo code as its organizer sees it. */
export function presentPromoCode(eventId: string, promo: PromoCode): PromoCodeAnswer {
  const { code, kind, value, state, ticketTypeIds, startsAtMs, endsAtMs, usesMax, buyerUsesMax, used } = promo;
  return {
    ...{ code, kind, value, state, used },
    ticket_type_ids: presentTypes(eventId, ticketTypeIds),
    starts_at: startsAtMs === null ? null : presentTime(startsAtMs),
    ends_at: endsAtMs === null ? null : presentTime(endsAtMs),
    uses_max: usesMax,
    buyer_uses_max: buyerUsesMax,
  };
}
