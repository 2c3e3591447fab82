import { PLAIN_PRICE, type Charges, type PriceRules, type Pricing, type PromoCode } from '../prices.ts';

/** Prices come as JSON that a lane has written itself; what is written once is read by every batch. */
const TEXTS_MAX = 1_000;
const parsed = new Map<string, unknown>();

function parseOnce(text: string): unknown {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  if (parsed.size >= TEXTS_MAX) parsed.clear();
  const value: unknown = JSON.parse(text);
  parsed.set(text, value);
  return value;
}

export function parsePricing(text: unknown): Pricing | null {
  return text === null ? null : (parseOnce(String(text)) as Pricing);
}

export function parseRules(text: unknown): PriceRules {
  return text === null ? PLAIN_PRICE : (parseOnce(String(text)) as PriceRules);
}

export function parseCharges(text: unknown): Charges | null {
  return text === null ? null : (JSON.parse(String(text)) as Charges);
}

export function parsePromoCodes(rows: readonly (readonly unknown[])[]): Map<string, PromoCode> {
  return new Map(rows.map((row) => [String(row[0]), parsePromoCode(row)]));
}

export function parsePromoCode(row: readonly unknown[]): PromoCode {
  const [code, state, kind, value, ticketTypeIds, startsAtMs, endsAtMs, usesMax, buyerUsesMax, used] = row;
  return {
    code: String(code),
    state: state === 'active' ? 'active' : 'paused',
    kind: kind === 'percent' ? 'percent' : 'amount',
    value: Number(value),
    ticketTypeIds: ticketTypeIds === null ? null : String(ticketTypeIds).split(','),
    startsAtMs: numberOrNull(startsAtMs),
    endsAtMs: numberOrNull(endsAtMs),
    usesMax: numberOrNull(usesMax),
    buyerUsesMax: numberOrNull(buyerUsesMax),
    used: Number(used),
  };
}

function numberOrNull(value: unknown): number | null {
  return value === null ? null : Number(value);
}
