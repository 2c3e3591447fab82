import type { Line, SaleTerms } from '../commands.ts';
import type { Charges, Pricing, PromoCode } from '../prices.ts';
import type { Refusal } from '../outcomes.ts';
import type { Draft } from './draft.ts';
import { addUpFees, addUpTaxes, type FeeSum, type TaxSum } from './extras.ts';
import { discountOf, refused } from './promo.ts';
import type { BookingLine, TicketType } from './state.ts';
import { tierParts } from './tiers.ts';

/** What a basket costs: its lines at the prices to be paid, and what comes on top of them. */
export type PricedBasket = {
  kind: 'priced';
  lines: BookingLine[];
  /** Fees, and taxes that are not in the prices. */
  extraMinor: number;
  totalMinor: number;
  /** Null where the lines' prices say it all. */
  charges: Charges | null;
};

type ListedLine = BookingLine & { listPriceMinor: number; tier: string | null };

/**
 * The price of a basket at this moment. Quotes and holds ask the same function: what a buyer is shown is what the hold
 * keeps. The ticket types of the lines are known to exist.
 */
export function priceBasket(draft: Draft, lines: readonly Line[], promo: PromoCode | null): PricedBasket | Refusal {
  const listed: ListedLine[] = [];
  for (const line of lines) {
    const ticketType = draft.ticketTypes.get(line.ticketTypeId);
    if (!ticketType) return { kind: 'unknown_ticket_type', ticketTypeId: line.ticketTypeId };
    const chosen = findChosenPrice(ticketType, line);
    if (typeof chosen === 'object') return chosen;
    listed.push(...listLines(ticketType, line, chosen, draft.nowMs));
  }
  const discounted = promo ? listed.map((line) => discount(line, promo)) : listed;
  if (promo && discounted.every((line) => line.unitPriceMinor === line.listPriceMinor)) return refused('not_applicable');
  return addUp(discounted, draft.terms.pricing);
}

/** The price that the buyer has chosen, undefined if none was; or why it cannot be. */
function findChosenPrice({ id, terms }: TicketType, { chosenPriceMinor }: Line): number | undefined | Refusal {
  if (chosenPriceMinor === undefined) return undefined;
  const isFine = terms.isDonation && chosenPriceMinor >= terms.priceMinor;
  return isFine ? chosenPriceMinor : { kind: 'wrong_price', ticketTypeId: id, leastMinor: terms.isDonation ? terms.priceMinor : null };
}

function listLines(ticketType: TicketType, { ticketTypeId, quantity }: Line, chosen: number | undefined, nowMs: number): ListedLine[] {
  const parts = chosen === undefined ? tierParts(ticketType, quantity, nowMs) : [{ quantity, priceMinor: chosen, tier: null }];
  return parts.map((part) => ({
    ticketTypeId,
    quantity: part.quantity,
    unitPriceMinor: part.priceMinor,
    listPriceMinor: part.priceMinor,
    tier: part.tier,
  }));
}

function discount(line: ListedLine, promo: PromoCode): ListedLine {
  return { ...line, unitPriceMinor: line.listPriceMinor - discountOf(promo, line.ticketTypeId, line.listPriceMinor) };
}

function addUp(listed: readonly ListedLine[], pricing: SaleTerms['pricing']): PricedBasket {
  const lines = listed.map(({ ticketTypeId, quantity, unitPriceMinor }) => ({ ticketTypeId, quantity, unitPriceMinor }));
  const linesMinor = lines.reduce((sum, line) => sum + line.quantity * line.unitPriceMinor, 0);
  const { fees, taxes } = pricing ? addExtras(lines, pricing) : { fees: [], taxes: [] };
  const addedTaxes = taxes.reduce((sum, tax) => sum + (tax.included ? 0 : tax.amountMinor), 0);
  const extraMinor = fees.reduce((sum, fee) => sum + fee.amountMinor, addedTaxes);
  return { kind: 'priced', lines, extraMinor, totalMinor: linesMinor + extraMinor, charges: chargesOf(listed, fees, taxes) };
}

function addExtras(lines: readonly BookingLine[], pricing: Pricing): { fees: FeeSum[]; taxes: TaxSum[] } {
  const fees = addUpFees(lines, pricing);
  return { fees, taxes: addUpTaxes(lines, fees, pricing) };
}

function chargesOf(listed: readonly ListedLine[], fees: readonly FeeSum[], taxes: readonly TaxSum[]): Charges | null {
  const isPlain = listed.every((line) => line.tier === null && line.unitPriceMinor === line.listPriceMinor);
  if (isPlain && fees.length === 0 && taxes.length === 0) return null;
  return {
    discountMinor: listed.reduce((sum, line) => sum + line.quantity * (line.listPriceMinor - line.unitPriceMinor), 0),
    fees,
    taxes,
    lines: listed.map(({ listPriceMinor, tier }) => ({ listPriceMinor, tier })),
  };
}
