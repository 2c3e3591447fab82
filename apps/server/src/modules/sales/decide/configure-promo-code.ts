import type { ChangePromoCodeCommand, CreatePromoCodeCommand } from '../commands.ts';
import type { PromoTerms } from '../prices.ts';
import type { Refusal } from '../outcomes.ts';
import type { Draft } from './draft.ts';
import { configuredFact } from './facts.ts';
import { findInvalidPromo, findUnknownType } from './terms-of-prices.ts';

export function createPromoCode(draft: Draft, { promoId, code, terms }: CreatePromoCodeCommand): Refusal | null {
  if (draft.promoCodes.has(code)) return { kind: 'promo_code_exists' };
  const refusal = findInvalidPromo(terms) ?? findUnknownType(draft, terms.ticketTypeIds ?? []);
  if (refusal) return refusal;
  const promo = { ...terms, code, used: 0 };
  draft.promoCodes.set(code, promo);
  draft.changes.newPromoCodes.push(promo);
  draft.changes.facts.push(configuredFact('promo_code.created', promoId, terms));
  return null;
}

export function changePromoCode(draft: Draft, { promoId, code, changes }: ChangePromoCodeCommand): Refusal | null {
  const promo = draft.promoCodes.get(code);
  if (!promo) return { kind: 'unknown_promo_code' };
  const { code: _code, used, ...before } = promo;
  const terms: PromoTerms = { ...before, ...changes };
  const refusal = findInvalidPromo(terms) ?? findUnknownType(draft, terms.ticketTypeIds ?? []) ?? findLostCount(before, terms);
  if (refusal) return refusal;
  if (terms.usesMax !== null && terms.usesMax < used) return { kind: 'uses_too_low', possible: used };
  Object.assign(promo, terms);
  draft.changes.changedPromoCodes.set(code, terms);
  draft.changes.facts.push(configuredFact('promo_code.changed', promoId, changes));
  return null;
}

/** Uses of each buyer are counted from the first one or never: a limit that came later would not know the earlier ones. */
function findLostCount(before: PromoTerms, after: PromoTerms): Refusal | null {
  if ((before.buyerUsesMax === null) === (after.buyerUsesMax === null)) return null;
  return { kind: 'invalid_terms', field: 'buyer_uses_max', detail: 'can be changed, but neither added nor taken away later' };
}
