import type { ChangePromoCodeCommand } from '../commands.ts';
import { configure, type PromoTerms, type Sales } from '../index.ts';
import { anId, type EventUnderTest } from './buyers.ts';

export const HALF_PRICE: PromoTerms = {
  state: 'active',
  kind: 'percent',
  value: 500_000,
  ticketTypeIds: null,
  startsAtMs: null,
  endsAtMs: null,
  usesMax: null,
  buyerUsesMax: null,
};

/** A code for half the price, unless the terms say otherwise. */
export function createCode(sales: Sales, { eventId }: EventUnderTest, code: string, terms: Partial<PromoTerms> = {}) {
  const ids = { commandId: anId(), fingerprint: anId(), promoId: anId() };
  return configure(sales, eventId, { kind: 'create-promo-code', ...ids, code, terms: { ...HALF_PRICE, ...terms } });
}

export function changeCommand(code: string, changes: ChangePromoCodeCommand['changes']): ChangePromoCodeCommand {
  return { kind: 'change-promo-code', commandId: anId(), fingerprint: anId(), promoId: anId(), code, changes };
}
