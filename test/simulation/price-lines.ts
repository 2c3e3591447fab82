import type { Line } from '../../apps/server/src/modules/sales/commands.ts';
import type { PromoTerms } from '../../apps/server/src/modules/sales/prices.ts';
import { type Model, type ModelType, totalOf } from './model.ts';

export type PricedLine = { ticketTypeId: string; quantity: number; unitPriceMinor: number; listPriceMinor: number };

/** What a basket would cost now, ticket by ticket: each at the price of the first tier that has not been taken by then. */
export function priceLines(model: Model, lines: readonly Line[], promoCode: string | null): PricedLine[] {
  const promo = promoCode === null ? undefined : model.promos.get(promoCode)?.terms;
  return lines.flatMap(({ ticketTypeId, quantity }) => {
    const type = model.types.get(ticketTypeId);
    return type ? partsOf(type, quantity).map((part) => ({ ticketTypeId, ...part, unitPriceMinor: pay(promo, part.listPriceMinor) })) : [];
  });
}

/** What comes on top: of the simulation's prices a fee for each ticket that costs something, and a tax that is added to the lines. */
export function extrasOf({ terms: { pricing } }: Model, lines: readonly PricedLine[]): { feesMinor: number; taxesMinor: number } {
  if (!pricing) return { feesMinor: 0, taxesMinor: 0 };
  const paying = lines.reduce((sum, line) => sum + (line.unitPriceMinor > 0 ? line.quantity : 0), 0);
  const feesMinor = pricing.fees.reduce((sum, fee) => sum + (fee.kind === 'per_ticket' ? fee.amountMinor * paying : 0), 0);
  const taxesMinor = pricing.taxes.reduce((sum, tax) => sum + Math.floor((totalOf(lines) * tax.ratePpm) / 1_000_000 + 0.5), 0);
  return { feesMinor, taxesMinor };
}

/** The tiers of the simulation end by tickets alone. Poison asks for half a ticket, and is told what that costs. */
function partsOf({ terms, held, sold }: ModelType, quantity: number): { quantity: number; listPriceMinor: number }[] {
  const parts = new Map<string, { quantity: number; listPriceMinor: number }>();
  for (let ticket = 0; ticket < quantity; ticket += 1) {
    const tier = terms.tiers.find(({ untilTaken }) => held + sold + ticket < (untilTaken ?? 0));
    const part = parts.get(tier?.name ?? '') ?? { quantity: 0, listPriceMinor: tier?.priceMinor ?? terms.priceMinor };
    parts.set(tier?.name ?? '', { ...part, quantity: part.quantity + Math.min(1, quantity - ticket) });
  }
  return [...parts.values()];
}

/** Half a unit of discount is the buyer's. */
function pay(promo: PromoTerms | undefined, listMinor: number): number {
  if (!promo) return listMinor;
  return promo.kind === 'amount'
    ? Math.max(0, listMinor - promo.value)
    : listMinor - Math.floor(listMinor * (promo.value / 1_000_000) + 0.5);
}
