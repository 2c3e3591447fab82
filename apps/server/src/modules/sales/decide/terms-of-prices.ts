import type { Fee, PriceRules, Pricing, PromoTerms, Tier } from '../prices.ts';
import type { Refusal } from '../outcomes.ts';
import type { Draft } from './draft.ts';

type Invalid = Extract<Refusal, { kind: 'invalid_terms' }>;

const MILLION = 1_000_000;

/** With the bounds of prices and quantities these keep every total below 2^53. */
export const PRICE_TERMS = {
  priceMinorMax: 100_000_000_000,
  feeMinorMax: 10_000_000_000,
  feesMax: 5,
  taxesMax: 5,
  tiersMax: 10,
  addOnsPerTicketMax: 100,
  usesMax: 100_000_000,
} as const;

export function findInvalidPricing(pricing: Pricing | null): Invalid | null {
  if (pricing === null) return null;
  const { fees, taxes } = pricing;
  const percent = fees.reduce((sum, fee) => sum + (fee.kind === 'percent' ? fee.ratePpm : 0), 0);
  const added = taxes.reduce((sum, tax) => sum + (tax.included ? 0 : tax.ratePpm), 0);
  const included = taxes.reduce((sum, tax) => sum + (tax.included ? tax.ratePpm : 0), 0);
  return (
    within('pricing/fees', fees.length, [0, PRICE_TERMS.feesMax], `can be ${PRICE_TERMS.feesMax} at most`) ??
    within('pricing/taxes', taxes.length, [0, PRICE_TERMS.taxesMax], `can be ${PRICE_TERMS.taxesMax} at most`) ??
    first(fees.map((fee, index) => findInvalidFee(fee, index))) ??
    first(taxes.map((tax, index) => within(`pricing/taxes/${index}/rate_ppm`, tax.ratePpm, [0, MILLION]))) ??
    within('pricing/fees', percent, [0, MILLION], 'must not be more than the price, all percentages together') ??
    within('pricing/taxes', added, [0, MILLION], 'must not be more than the price, all added rates together') ??
    within('pricing/taxes', included, [0, MILLION], 'must not be more than the net price, all included rates together')
  );
}

function findInvalidFee(fee: Fee, index: number): Invalid | null {
  return fee.kind === 'percent'
    ? within(`pricing/fees/${index}/rate_ppm`, fee.ratePpm, [0, MILLION])
    : within(`pricing/fees/${index}/amount_minor`, fee.amountMinor, [0, PRICE_TERMS.feeMinorMax]);
}

export function findInvalidRules({ tiers, addOn, isDonation }: PriceRules): Invalid | null {
  if (isDonation && tiers.length > 0) return invalid('tiers', 'cannot stand where the buyer chooses the price');
  return (
    within('tiers', tiers.length, [0, PRICE_TERMS.tiersMax], `can be ${PRICE_TERMS.tiersMax} at most`) ??
    first(tiers.map((tier, index) => findInvalidTier(tier, tiers[index - 1], index))) ??
    (addOn === null ? null : within('add_on/per_ticket', addOn.perTicket, [1, PRICE_TERMS.addOnsPerTicketMax]))
  );
}

/** Tiers end one after the other; one without an end would hide all that follow it, the type's own price too. */
function findInvalidTier(tier: Tier, before: Tier | undefined, index: number): Invalid | null {
  const at = `tiers/${index}`;
  if (tier.endsAtMs === null && tier.untilTaken === null) return invalid(at, 'must end by time or by tickets taken');
  if (isNotAfter(tier.endsAtMs, before?.endsAtMs)) return invalid(`${at}/ends_at`, 'must be after the end of the tier before it');
  if (isNotAfter(tier.untilTaken, before?.untilTaken)) return invalid(`${at}/until_taken`, 'must be more than that of the tier before it');
  return within(`${at}/price_minor`, tier.priceMinor, [0, PRICE_TERMS.priceMinorMax]) ?? untilTaken(at, tier.untilTaken);
}

function untilTaken(at: string, value: number | null): Invalid | null {
  return value === null ? null : within(`${at}/until_taken`, value, [1, PRICE_TERMS.usesMax]);
}

function isNotAfter(value: number | null, before: number | null | undefined): boolean {
  return value !== null && before !== null && before !== undefined && value <= before;
}

export function findInvalidPromo({ kind, value, startsAtMs, endsAtMs, usesMax, buyerUsesMax }: PromoTerms): Invalid | null {
  const isBackwards = startsAtMs !== null && endsAtMs !== null && endsAtMs <= startsAtMs;
  return (
    within('value', value, [1, kind === 'percent' ? MILLION : PRICE_TERMS.priceMinorMax]) ??
    (usesMax === null ? null : within('uses_max', usesMax, [0, PRICE_TERMS.usesMax])) ??
    (buyerUsesMax === null ? null : within('buyer_uses_max', buyerUsesMax, [1, PRICE_TERMS.usesMax])) ??
    (isBackwards ? invalid('ends_at', 'must be after starts_at') : null)
  );
}

/** Every ticket type that fees and taxes name. */
export function ticketTypesOf(pricing: Pricing | null): string[] {
  return [...(pricing?.fees ?? []), ...(pricing?.taxes ?? [])].flatMap(({ ticketTypeIds }) => ticketTypeIds ?? []);
}

export function findUnknownType(draft: Draft, ticketTypeIds: readonly string[]): Refusal | null {
  const ticketTypeId = ticketTypeIds.find((id) => !draft.ticketTypes.has(id));
  return ticketTypeId === undefined ? null : { kind: 'unknown_ticket_type', ticketTypeId };
}

function within(field: string, value: number, [min, max]: readonly [number, number], detail?: string): Invalid | null {
  if (Number.isSafeInteger(value) && value >= min && value <= max) return null;
  return invalid(field, detail ?? `must be a whole number from ${min} to ${max}`);
}

function invalid(field: string, detail: string): Invalid {
  return { kind: 'invalid_terms', field, detail };
}

function first(found: readonly (Invalid | null)[]): Invalid | null {
  return found.find((each) => each !== null) ?? null;
}
