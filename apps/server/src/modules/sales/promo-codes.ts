import type { Sales } from './context.ts';
import { parsePromoCode } from './lane/parse-prices.ts';
import { LIST_PROMO_CODES_TEXT, READ_PROMO_CODE_TEXT } from './lane/promo-statements.ts';
import type { PromoCode } from './prices.ts';

/** A promo code as it stands; null if the event has none of that name. */
export async function readPromoCode(sales: Sales, eventId: string, code: string): Promise<PromoCode | null> {
  const [row] = await sales.db.queryRows(READ_PROMO_CODE_TEXT, [eventId, code]);
  return row ? parsePromoCode(row) : null;
}

/** A page of an event's promo codes in the order of their names, behind `after`. */
export async function listPromoCodes(
  sales: Sales,
  { eventId, after, limit }: { eventId: string; after: string; limit: number },
): Promise<PromoCode[]> {
  const rows = await sales.db.queryRows(LIST_PROMO_CODES_TEXT, [eventId, after, limit]);
  return rows.map(parsePromoCode);
}
