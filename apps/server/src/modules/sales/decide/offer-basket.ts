import type { PlaceCommand } from '../commands.ts';
import type { Refusal } from '../outcomes.ts';
import { findAddOnLimit } from './add-ons.ts';
import { changeByItself } from './change-by-itself.ts';
import { beginDraft, type Draft } from './draft.ts';
import { findShortage } from './fit.ts';
import { priceBasket, type PricedBasket } from './price-basket.ts';
import { findPromo } from './promo.ts';
import { findBasketLimit, findBuyerLimit, findClosed } from './rules.ts';
import type { SaleState } from './state.ts';

export type Basket = Pick<PlaceCommand, 'lines' | 'accessCode' | 'promoCode'>;

/** What a basket costs now, or why it cannot be placed. Limits of a buyer are looked at where the buyer is known. */
export function offerBasket(draft: Draft, basket: Basket, buyerKey: string | null): PricedBasket | Refusal {
  const { lines, promoCode } = basket;
  const refusal =
    findClosed(draft, basket) ??
    findBasketLimit(draft, lines) ??
    findAddOnLimit(draft, lines) ??
    (buyerKey === null ? null : findBuyerLimit(draft, buyerKey, lines)) ??
    findShortage(draft, lines);
  if (refusal) return refusal;
  const promo = promoCode === null ? null : findPromo(draft, { code: promoCode, buyerKey });
  return promo && 'reason' in promo ? promo : priceBasket(draft, lines, promo);
}

/** The same for somebody who only asks. Pure, as `decide` is. */
export function quoteBasket(state: SaleState, basket: Basket, nowMs: number): PricedBasket | Refusal {
  const draft = beginDraft(state, nowMs);
  changeByItself(draft);
  return offerBasket(draft, basket, null);
}
