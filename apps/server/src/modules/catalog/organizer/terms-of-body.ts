import type { ChangeSaleBody, ChangeTicketTypeBody, CreateTicketTypeBody } from '@tessera/contract';
import type { SaleTerms, TicketTypeTerms } from '../../sales/index.ts';
import { DEFAULT_SALE_TERMS, DEFAULT_TICKET_TYPE_TERMS } from '../default-terms.ts';
import { boundMs } from '../instant.ts';
import { priceRulesOfBody, pricingOfBody } from '../prices-of-body.ts';

/** The event, if there is one yet; and the pointer to where the fields stand in the body. */
export type SaleOfBody = { eventId: string | null; at?: string };

/** What a body changes of a sale. */
export function saleChanges(body: ChangeSaleBody, { eventId, at = '' }: SaleOfBody): Partial<SaleTerms> {
  return given<SaleTerms>({
    state: body.state,
    holdLengthMs: body.hold_seconds === undefined ? undefined : body.hold_seconds * 1000,
    salesStartMs: boundMs(body.sales_start_at, `${at}/sales_start_at`),
    salesEndMs: boundMs(body.sales_end_at, `${at}/sales_end_at`),
    bookingMax: body.booking_max,
    buyerMax: body.buyer_max,
    pricing: body.pricing && pricingOfBody(body.pricing, eventId, `${at}/pricing`),
    publishAtMs: boundMs(body.publish_at, `${at}/publish_at`),
    resale: body.resale,
    // It follows the event's own end.
    endsAtMs: undefined,
  });
}

/** The terms of a new sale. */
export function saleTerms(body: ChangeSaleBody | undefined, at: string): SaleTerms {
  return { ...DEFAULT_SALE_TERMS, ...saleChanges(body ?? {}, { eventId: null, at }) };
}

/** What a body changes of a ticket type. */
export function ticketTypeChanges(body: ChangeTicketTypeBody, eventId: string): Partial<TicketTypeTerms> {
  return given<TicketTypeTerms>({
    state: body.state,
    position: body.position,
    priceMinor: body.price_minor,
    salesStartMs: boundMs(body.sales_start_at, '/sales_start_at'),
    salesEndMs: boundMs(body.sales_end_at, '/sales_end_at'),
    bookingMin: body.booking_min,
    bookingMax: body.booking_max,
    buyerMax: body.buyer_max,
    accessCode: body.access_code,
    ...priceRulesOfBody(body, eventId),
  });
}

/** The terms of a new ticket type. */
export function ticketTypeTerms(body: CreateTicketTypeBody, eventId: string): TicketTypeTerms {
  const { price_minor: priceMinor, booking_min: bookingMin = DEFAULT_TICKET_TYPE_TERMS.bookingMin } = body;
  const bookingMax = Math.max(DEFAULT_TICKET_TYPE_TERMS.bookingMax, bookingMin);
  return { ...DEFAULT_TICKET_TYPE_TERMS, bookingMax, priceMinor, ...ticketTypeChanges(body, eventId) };
}

/** The fields that were given: undefined means that the body does not speak of it. */
export function given<Of extends object>(fields: { [Name in keyof Of]: Of[Name] | undefined }): Partial<Of> {
  const named = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(named) as Partial<Of>;
}
