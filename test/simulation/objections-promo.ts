import type { PromoRefusalReason, Refusal } from '../../apps/server/src/modules/sales/outcomes.ts';
import type { Model } from './model.ts';
import type { PricedLine } from './price-lines.ts';

type Use = { promoCode: string | null; buyerKey: string };

/** What speaks against a basket's code: codes of the simulation have no times. */
export function objectToPromo(model: Model, use: Use, priced: readonly PricedLine[]): Refusal[] {
  if (use.promoCode === null) return [];
  const promo = model.promos.get(use.promoCode);
  if (promo?.terms.state !== 'active') return [refused('unknown')];
  const isCheaper = priced.some((line) => line.unitPriceMinor < line.listPriceMinor);
  return [...objectToUse(model, use), ...(isCheaper ? [] : [refused('not_applicable')])];
}

/** What speaks against one more booking with a code. */
export function objectToUse(model: Model, { promoCode, buyerKey }: Use): Refusal[] {
  const promo = promoCode === null ? undefined : model.promos.get(promoCode);
  if (!promo) return [];
  const found: Refusal[] = [];
  const { usesMax, buyerUsesMax } = promo.terms;
  if (usesMax !== null && promo.used >= usesMax) found.push(refused('used_up'));
  if (buyerUsesMax !== null && (model.owned.get(`${buyerKey} ${promoCode}`) ?? 0) >= buyerUsesMax) found.push(refused('buyer_limit'));
  return found;
}

function refused(reason: PromoRefusalReason): Refusal {
  return { kind: 'promo_refused', reason };
}
