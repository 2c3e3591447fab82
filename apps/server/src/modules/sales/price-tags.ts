import { changeByItself } from './decide/change-by-itself.ts';
import { beginDraft } from './decide/draft.ts';
import { priceBasket } from './decide/price-basket.ts';
import { stateOfSale } from './state-of-sale.ts';
import type { SaleView } from './read-sale.ts';

/** What one ticket of a type costs now: by itself, of which tier, and all that is to be paid for it alone. */
export type PriceTag = { priceMinor: number; tier: string | null; toPayMinor: number };

/** The prices of an event's ticket types as a buyer sees them first: by the function that decides holds. */
export function priceTags(sale: SaleView): Map<string, PriceTag> {
  const draft = beginDraft(stateOfSale(sale, null), sale.nowMs);
  changeByItself(draft);
  const tags = new Map<string, PriceTag>();
  for (const { id: ticketTypeId } of sale.ticketTypes) {
    const priced = priceBasket(draft, [{ ticketTypeId, quantity: 1 }], null);
    const [line] = priced.kind === 'priced' ? priced.lines : [];
    if (priced.kind !== 'priced' || !line) continue;
    const tier = priced.charges?.lines[0]?.tier ?? null;
    tags.set(ticketTypeId, { priceMinor: line.unitPriceMinor, tier, toPayMinor: priced.totalMinor });
  }
  return tags;
}
