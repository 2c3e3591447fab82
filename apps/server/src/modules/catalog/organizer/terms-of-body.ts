import type { ChangeSaleBody, ChangeTicketTypeBody, CreateTicketTypeBody } from '@tessera/contract';
import type { SaleTerms, TicketTypeTerms } from '../../sales/index.ts';
import { DEFAULT_SALE_TERMS, DEFAULT_TICKET_TYPE_TERMS } from '../default-terms.ts';
import { boundMs } from '../instant.ts';

/** What a body changes of a sale; `at` is the pointer to where its fields stand. */
export function saleChanges(body: ChangeSaleBody, at = ''): Partial<SaleTerms> {
  return given<SaleTerms>({
    state: body.state,
    holdLengthMs: body.hold_seconds === undefined ? undefined : body.hold_seconds * 1000,
    salesStartMs: boundMs(body.sales_start_at, `${at}/sales_start_at`),
    salesEndMs: boundMs(body.sales_end_at, `${at}/sales_end_at`),
    bookingMax: body.booking_max,
    buyerMax: body.buyer_max,
  });
}

/** The terms of a new sale. */
export function saleTerms(body: ChangeSaleBody | undefined, at: string): SaleTerms {
  return { ...DEFAULT_SALE_TERMS, ...saleChanges(body ?? {}, at) };
}

/** What a body changes of a ticket type. */
export function ticketTypeChanges(body: ChangeTicketTypeBody): Partial<TicketTypeTerms> {
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
  });
}

/** The terms of a new ticket type. */
export function ticketTypeTerms(body: CreateTicketTypeBody): TicketTypeTerms {
  const { price_minor: priceMinor, booking_min: bookingMin = DEFAULT_TICKET_TYPE_TERMS.bookingMin } = body;
  const bookingMax = Math.max(DEFAULT_TICKET_TYPE_TERMS.bookingMax, bookingMin);
  return { ...DEFAULT_TICKET_TYPE_TERMS, bookingMax, priceMinor, ...ticketTypeChanges(body) };
}

/** The fields that were given: undefined means that the body does not speak of it. */
function given<Of extends object>(fields: { [Name in keyof Of]: Of[Name] | undefined }): Partial<Of> {
  const named = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(named) as Partial<Of>;
}
