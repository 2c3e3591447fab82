import { configure } from '../sales/index.ts';
import type { ConfiguredOutcome, PromoTerms, Refusal } from '../sales/index.ts';
import type { Catalog } from './catalog.ts';
import { commandId, fingerprintOf, promoIdOf } from './organizer-keys.ts';

export type PromoChanges = Partial<Omit<PromoTerms, 'kind' | 'value'>>;
export type ChangePromoCode = { eventId: string; code: string; changes: PromoChanges; idempotencyKey: string };

/** Changes where, when and how often a promo code can be used. What is held with it keeps its price. */
export async function changePromoCode(catalog: Catalog, request: ChangePromoCode): Promise<ConfiguredOutcome | Refusal> {
  const { eventId, code, changes, idempotencyKey } = request;
  return configure(catalog.sales, eventId, {
    kind: 'change-promo-code',
    commandId: commandId(eventId, idempotencyKey),
    fingerprint: fingerprintOf({ kind: 'change-promo-code', code, changes }),
    promoId: promoIdOf(eventId, code),
    code,
    changes,
  });
}
