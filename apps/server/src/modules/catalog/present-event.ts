import type { EventDetail, EventSummary, EventTicketType } from '@tessera/contract';
import { formatCellId, formatId } from '../../platform/ids/index.ts';
import { priceTags, type PriceTag, type SaleView } from '../sales/index.ts';
import type { ListedEvent } from './list-events.ts';
import { presentOrganization } from './present-organization.ts';
import { presentPricing, presentRules } from './present-prices.ts';
import { presentTime, presentWindow } from './present-time.ts';
import type { EventView } from './read-event.ts';
import { lowestPriceMinor, type ShownType } from './shown-types.ts';

/** An event in a list. */
export function presentEventSummary({ words, organization, sale }: ListedEvent): EventSummary {
  return {
    id: formatId('evt', words.eventId),
    organization: presentOrganization(organization),
    title: words.title,
    summary: words.summary,
    venue: { name: words.venueName, city: words.venueCity },
    starts_at: presentTime(words.startsAtMs),
    ends_at: presentTime(words.endsAtMs),
    time_zone: words.timeZone,
    picture: words.picture,
    state: sale.terms.state,
    currency: sale.currency,
    price_from_minor: lowestPriceMinor(sale),
  };
}

/** An event on its own page. */
export function presentEvent(event: EventView): EventDetail {
  const { eventId, organization, sale } = event;
  const { words } = event.record;
  const tags = priceTags(sale);
  return {
    ...presentEventSummary({ words: { eventId, ...words }, organization, sale }),
    is_test: event.record.isTest,
    description: words.description,
    sale: presentSaleTerms(sale),
    ticket_types: event.ticketTypes.map((type) => presentShownType(sale, type, tags.get(type.id))),
  };
}

function presentSaleTerms({ eventId, terms, ticketTypes }: SaleView): EventDetail['sale'] {
  return {
    ...presentWindow(terms),
    hold_seconds: terms.holdLengthMs / 1000,
    booking_max: terms.bookingMax,
    buyer_max: terms.buyerMax,
    pricing: terms.pricing && presentPricing(eventId, terms.pricing),
    takes_access_code: ticketTypes.some((type) => type.terms.accessCode !== null),
  };
}

function presentShownType(sale: SaleView, { id, words, terms, left }: ShownType, tag?: PriceTag): EventTicketType {
  return {
    id: formatCellId('typ', sale.eventId, id),
    name: words.name,
    description: words.description,
    state: terms.state,
    price_minor: tag?.priceMinor ?? terms.priceMinor,
    tier: tag?.tier ?? null,
    to_pay_minor: tag?.toPayMinor ?? terms.priceMinor,
    currency: sale.currency,
    left,
    ...presentWindow(terms),
    booking_min: terms.bookingMin,
    booking_max: terms.bookingMax,
    buyer_max: terms.buyerMax,
    needs_access_code: terms.accessCode !== null,
    ...presentRules(sale.eventId, terms),
  };
}
