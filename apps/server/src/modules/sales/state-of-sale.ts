import type { SaleState } from './decide/state.ts';
import type { PromoCode } from './prices.ts';
import type { SaleView } from './read-sale.ts';

/** The state that a batch would decide on, without buyers and bookings. */
export function stateOfSale(sale: SaleView, promo: PromoCode | null): SaleState {
  return {
    eventId: sale.eventId,
    head: { currency: sale.currency, terms: sale.terms, factSeq: 0, ledgerSeq: 0, transferSeq: 0 },
    ticketTypes: new Map(sale.ticketTypes.map((type) => [type.id, type])),
    quotas: new Map(sale.quotas.map((quota) => [quota.id, quota])),
    buyerTotals: new Map(),
    promoCodes: new Map(promo ? [[promo.code, promo]] : []),
    promoUses: new Map(),
    bookings: new Map(),
    offers: new Map(),
    dueBookingIds: [],
    moreDue: false,
    executed: new Map(),
  };
}
