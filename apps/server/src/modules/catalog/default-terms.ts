import { PLAIN_PRICE, type SaleTerms, type TicketTypeTerms } from '../sales/index.ts';

/** What holds for a sale where its organizer says nothing. */
export const DEFAULT_SALE_TERMS: SaleTerms = {
  state: 'draft',
  holdLengthMs: 600_000,
  salesStartMs: null,
  salesEndMs: null,
  bookingMax: 10,
  buyerMax: null,
  pricing: null,
  publishAtMs: null,
  endsAtMs: null,
  resale: true,
};

/** What holds for a ticket type where its organizer says nothing; a price has no default. */
export const DEFAULT_TICKET_TYPE_TERMS: Omit<TicketTypeTerms, 'priceMinor'> = {
  state: 'on_sale',
  position: 0,
  salesStartMs: null,
  salesEndMs: null,
  bookingMin: 1,
  bookingMax: 10,
  buyerMax: null,
  accessCode: null,
  ...PLAIN_PRICE,
};
