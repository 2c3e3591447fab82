import { configure } from '../sales/index.ts';
import type { ConfiguredOutcome, PromoTerms, Refusal } from '../sales/index.ts';
import type { Catalog } from './catalog.ts';
import { commandId, fingerprintOf, promoIdOf } from './organizer-keys.ts';

export type CreatePromoCode = { eventId: string; code: string; terms: PromoTerms; idempotencyKey: string };

/** Makes a promo code of an event. It has no words: all of it lies in the sale. */
export async function createPromoCode(catalog: Catalog, request: CreatePromoCode): Promise<ConfiguredOutcome | Refusal> {
  const { eventId, code, terms, idempotencyKey } = request;
  return configure(catalog.sales, eventId, {
    kind: 'create-promo-code',
    commandId: commandId(eventId, idempotencyKey),
    fingerprint: fingerprintOf({ kind: 'create-promo-code', code, terms }),
    promoId: promoIdOf(eventId, code),
    code,
    terms,
  });
}
