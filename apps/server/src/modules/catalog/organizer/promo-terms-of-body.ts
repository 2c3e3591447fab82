import type { ChangePromoCodeBody, CreatePromoCodeBody } from '@tessera/contract';
import type { PromoTerms } from '../../sales/index.ts';
import type { PromoChanges } from '../change-promo-code.ts';
import { boundMs } from '../instant.ts';
import { ticketTypeIdsOfBody } from '../parse-ids.ts';
import { given } from './terms-of-body.ts';

/** The terms of a new promo code: unlimited and for everything, where the body does not say otherwise. */
export function promoTerms({ kind, value, ...rest }: CreatePromoCodeBody, eventId: string): PromoTerms {
  const open = { state: 'active', ticketTypeIds: null, startsAtMs: null, endsAtMs: null, usesMax: null, buyerUsesMax: null } as const;
  return { ...open, kind, value, ...promoChanges(rest, eventId) };
}

export function promoChanges(body: ChangePromoCodeBody, eventId: string): PromoChanges {
  return given<Required<PromoChanges>>({
    state: body.state,
    ticketTypeIds: body.ticket_type_ids && ticketTypeIdsOfBody(body.ticket_type_ids, eventId, '/ticket_type_ids'),
    startsAtMs: boundMs(body.starts_at, '/starts_at'),
    endsAtMs: boundMs(body.ends_at, '/ends_at'),
    usesMax: body.uses_max,
    buyerUsesMax: body.buyer_uses_max,
  });
}
