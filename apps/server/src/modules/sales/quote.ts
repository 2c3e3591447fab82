import { addUpLines } from './add-up-lines.ts';
import type { Line } from './commands.ts';
import type { Sales } from './context.ts';
import { quoteBasket } from './decide/offer-basket.ts';
import type { PricedBasket } from './decide/price-basket.ts';
import type { Refusal } from './outcomes.ts';
import { readPromoCode } from './promo-codes.ts';
import { readSale } from './read-sale.ts';
import { stateOfSale } from './state-of-sale.ts';

export type QuoteRequest = { eventId: string; lines: readonly Line[]; accessCode: string | null; promoCode: string | null };
export type QuoteOutcome = { kind: 'quote'; basket: PricedBasket; currency: string } | Refusal;

/**
 * What a hold of the basket would cost now, or why it would be refused: asked of the function that decides holds, on
 * what is there at this moment. It keeps nothing. Limits of the buyer are not looked at: a quote knows no buyer.
 */
export async function quote(sales: Sales, { eventId, lines, accessCode, promoCode }: QuoteRequest): Promise<QuoteOutcome> {
  const sale = await readSale(sales, eventId);
  if (!sale) return { kind: 'unknown_event' };
  const promo = promoCode === null ? null : await readPromoCode(sales, eventId, promoCode);
  const basket = quoteBasket(stateOfSale(sale, promo), { lines: addUpLines(lines), accessCode, promoCode }, sale.nowMs);
  return basket.kind === 'priced' ? { kind: 'quote', basket, currency: sale.currency } : basket;
}
