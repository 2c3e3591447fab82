import type { EventDetail, EventSummary, EventTicketType } from '@tessera/contract';
import { formatCellId, formatId } from '../../platform/ids/index.ts';
import { priceTags, type PriceTag, type SaleView } from '../sales/index.ts';
import type { ListedEvent } from './list-events.ts';
import { presentOrganization } from './present-organization.ts';
import { presentPricing, presentRules } from './present-prices.ts';
import { presentOrganizer } from './present-profile.ts';
import { presentQuestion } from './present-question.ts';
import { presentWindow } from './present-time.ts';
import { presentWords, presentWordsOfPage } from './present-words.ts';
import type { EventView } from './read-event.ts';
import { lowestPriceMinor, type ShownType } from './shown-types.ts';

/** An event in a list. */
export function presentEventSummary({ words, organization, sale }: ListedEvent): EventSummary {
  return {
    id: formatId('evt', words.eventId),
    organization: presentOrganization(organization),
    ...presentWords(words),
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
    ...presentWordsOfPage({ ...words, moves: event.moves, isCancelled: sale.terms.state === 'cancelled' }, organization),
    organizer: presentOrganizer(organization),
    questions: questionsOf(event),
    sale: presentSaleTerms(sale),
    ticket_types: event.ticketTypes.map((type) => presentShownType(sale, type, tags.get(type.id))),
  };
}

/** Those about ticket types that are not shown are not shown either. */
function questionsOf({ eventId, ticketTypes, questions }: EventView): EventDetail['questions'] {
  const shown = new Set(ticketTypes.map(({ id }) => id));
  return questions.flatMap((question) => {
    const ticketTypeIds = question.ticketTypeIds.filter((id) => shown.has(id));
    const isForOthers = question.ticketTypeIds.length > 0 && ticketTypeIds.length === 0;
    return isForOthers ? [] : [presentQuestion(eventId, { ...question, ticketTypeIds })];
  });
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
    full_price_minor: terms.priceMinor,
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
