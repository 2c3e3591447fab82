import type { Pricing, PromoTerms, Tier } from '../modules/sales/index.ts';

export type DemoOrganization = { key: string; name: string; slug: string };

export type DemoTicketType = {
  key: string;
  name: string;
  description: string;
  priceMinor: number;
  capacity: number;
  buyerMax?: number;
  accessCode?: string;
  tiers?: readonly Tier[];
  /** Keys of the ticket types that it goes with. */
  addOn?: { to: readonly string[]; perTicket: number };
};

/** A demo event as data. Its dates count from the first start, so that they always lie ahead. */
export type DemoEvent = {
  /** Names the event for ever: its ids are derived from it. */
  key: string;
  organization: string;
  title: string;
  summary: string;
  description: string;
  venue: { name: string; city: string };
  timeZone: string;
  currency: string;
  startsInDays: number;
  startsAtUtcHour: number;
  hours: number;
  holdMinutes: number;
  bookingMax: number;
  buyerMax?: number;
  pricing?: Pricing;
  ticketTypes: readonly DemoTicketType[];
  quotas: readonly { key: string; name: string; capacity: number; ticketTypes: readonly string[] }[];
  promoCodes?: readonly { code: string; terms: Omit<PromoTerms, 'ticketTypeIds'>; ticketTypes: readonly string[] }[];
};
