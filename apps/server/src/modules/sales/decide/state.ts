import type { BookingState } from '../booking-states.ts';
import type { SaleTerms, TicketTypeTerms } from '../commands.ts';
import type { Money } from '../money.ts';
import type { Charges, PromoCode } from '../prices.ts';

/** The counters of a ticket type or a quota, in tickets. Promise (a): held + sold + setAside ≤ capacity. */
export type Stock = { capacity: number; held: number; sold: number; setAside: number };

/**
 * Tickets of a type that their holders offer, all of them sold; and how many of the held ones wait for a place of these: they stand
 * in no counter but `taken`, since the place is sold already. Which offer it will be is decided when a hold is confirmed.
 */
export type Offered = { offered: number; taken: number };

export type TicketType = Stock & Offered & { id: string; terms: TicketTypeTerms };
export type Quota = Stock & { id: string; ticketTypeIds: readonly string[] };

export type BookingLine = { ticketTypeId: string; quantity: number; unitPriceMinor: number };

/** A ticket that its holder offers. Who offered first, by `seq`, is served first. */
export type Offer = { ticketTypeId: string; seq: number; bookingId: string; number: number };

/** A booking as the lane knows it. Times in milliseconds since 1970, by the clock of PostgreSQL. */
export type Booking = Money & {
  id: string;
  buyerKey: string;
  fingerprint: string;
  state: BookingState;
  lines: readonly BookingLine[];
  quantity: number;
  totalMinor: number;
  /** Of the total, what is not in the lines' prices: fees, and taxes added to them. */
  extraMinor: number;
  charges: Charges | null;
  promoCode: string | null;
  currency: string;
  heldAtMs: number;
  expiresAtMs: number;
  extended: boolean;
  confirmedAtMs: number | null;
  closedAtMs: number | null;
  ledgerSeq: number;
  /** The numbers of its tickets that came back, ascending. Tickets are numbered from one, through the lines in their order. */
  returned: readonly number[];
  /** The tickets that are offered. */
  offers: readonly Pick<Offer, 'number' | 'seq'>[];
};

export type Head = { currency: string; terms: SaleTerms; factSeq: number; ledgerSeq: number; transferSeq: number };

export type ExecutedCommand = { fingerprint: string; kind: string; subjectId: string };

/** Everything that a decision needs, read under the head's lock. */
export type SaleState = {
  eventId: string;
  head: Head;
  ticketTypes: ReadonlyMap<string, TicketType>;
  quotas: ReadonlyMap<string, Quota>;
  /** What a buyer holds or has bought: buyer → ticket type → tickets. Only buyers of this batch. */
  buyerTotals: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** The promo codes that the commands name, and those of bookings that are paid late. */
  promoCodes: ReadonlyMap<string, PromoCode>;
  /** How often a buyer uses a code: buyer → code → bookings. */
  promoUses: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** The bookings that the commands name, and those that are due. */
  bookings: ReadonlyMap<string, Booking>;
  /** By ticket type, the first offers: as many as this batch may sell. Their bookings are in `bookings`. */
  offers: ReadonlyMap<string, readonly Offer[]>;
  dueBookingIds: readonly string[];
  /** Whether more bookings were due than were read. */
  moreDue: boolean;
  executed: ReadonlyMap<string, ExecutedCommand>;
};

/** Tickets that nobody has: what could still be placed, as far as this stock alone decides. */
export function leftIn(stock: Stock): number {
  return stock.capacity - stock.held - stock.sold - stock.setAside;
}
