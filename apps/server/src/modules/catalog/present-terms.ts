import type { QuotaAnswer, SaleAnswer, TicketTypeAnswer } from '@tessera/contract';
import { formatCellId, formatId } from '../../platform/ids/index.ts';
import { invariant } from '../../platform/invariant.ts';
import type { SaleView } from '../sales/index.ts';
import { presentPricing, presentRules } from './present-prices.ts';
import { presentTime, presentWindow } from './present-time.ts';
import type { TicketTypeWords } from './words.ts';

/** A sale, a ticket type or a quota as the organizer sees it: every counter, and the access code in clear for whoever may change it. */
export function presentSale({ eventId, currency, terms }: SaleView): SaleAnswer {
  return {
    event_id: formatId('evt', eventId),
    state: terms.state,
    currency,
    hold_seconds: terms.holdLengthMs / 1000,
    ...presentWindow(terms),
    booking_max: terms.bookingMax,
    buyer_max: terms.buyerMax,
    publish_at: terms.publishAtMs === null ? null : presentTime(terms.publishAtMs),
    ends_at: terms.endsAtMs === null ? null : presentTime(terms.endsAtMs),
    pricing: terms.pricing && presentPricing(eventId, terms.pricing),
    resale: terms.resale,
  };
}

/** A type whose creation broke off before its words can be seen and changed all the same; the repeat brings them. */
const NO_WORDS: TicketTypeWords = { name: '', description: '' };

export type PresentedType = { ticketTypeId: string; words: TicketTypeWords | undefined; showsCode: boolean };

export function presentTicketType(sale: SaleView, { ticketTypeId, words = NO_WORDS, showsCode }: PresentedType): TicketTypeAnswer {
  const type = sale.ticketTypes.find(({ id }) => id === ticketTypeId);
  invariant(type, `ticket type ${ticketTypeId} is not in the sale that has just changed it`);
  const { terms } = type;
  return {
    id: formatCellId('typ', sale.eventId, type.id),
    event_id: formatId('evt', sale.eventId),
    ...words,
    state: terms.state,
    position: terms.position,
    price_minor: terms.priceMinor,
    currency: sale.currency,
    ...presentCounters(type),
    offered: type.offered,
    ...presentWindow(terms),
    booking_min: terms.bookingMin,
    booking_max: terms.bookingMax,
    buyer_max: terms.buyerMax,
    access_code: showsCode ? terms.accessCode : null,
    needs_access_code: terms.accessCode !== null,
    ...presentRules(sale.eventId, terms),
  };
}

export function presentQuota(sale: SaleView, quotaId: string, name: string): QuotaAnswer {
  const quota = sale.quotas.find(({ id }) => id === quotaId);
  invariant(quota, `quota ${quotaId} is not in the sale that has just changed it`);
  return {
    id: formatCellId('quo', sale.eventId, quota.id),
    event_id: formatId('evt', sale.eventId),
    name,
    ...presentCounters(quota),
    ticket_type_ids: quota.ticketTypeIds.map((id) => formatCellId('typ', sale.eventId, id)),
  };
}

type Counters = { capacity: number; held: number; sold: number; setAside: number; left: number };
type CountersJson = Omit<Counters, 'setAside'> & { set_aside: number };

function presentCounters({ capacity, held, sold, setAside, left }: Counters): CountersJson {
  return { capacity, held, sold, set_aside: setAside, left };
}
