/** Prices as an organizer sets them. Amounts in the currency's minor units, times in milliseconds since 1970. */

/**
 * A price that holds for a while: until a time, or until so many tickets of the type are held or sold, whichever comes
 * first. Tiers follow each other in their order; behind the last one the ticket type's own price holds.
 */
export type Tier = { name: string; priceMinor: number; endsAtMs: number | null; untilTaken: number | null };

/** What can be had only with tickets of the same booking: so many for each ticket of the types in `to`, or of any for null. */
export type AddOn = { to: readonly string[] | null; perTicket: number };

/** What a ticket type's price depends on, where it does not simply have one. */
export type PriceRules = {
  tiers: readonly Tier[];
  addOn: AddOn | null;
  /** The buyer chooses the price of a ticket; the type's own is the least. */
  isDonation: boolean;
};

export const PLAIN_PRICE: PriceRules = { tiers: [], addOn: null, isDonation: false };

/** How what does not come out even is rounded, and to what it is rounded: each ticket, each line, or the whole booking. */
export type Rounding = { mode: 'half_up' | 'half_even' | 'up' | 'down'; per: 'ticket' | 'line' | 'booking' };

/** Paid by the buyer on top of the tickets. Null for `ticketTypeIds` means all of them. */
export type Fee = {
  name: string;
  ticketTypeIds: readonly string[] | null;
  /** Whether tickets that cost nothing bear it, too. */
  onFree: boolean;
} & ({ kind: 'percent'; ratePpm: number } | { kind: 'per_ticket'; amountMinor: number } | { kind: 'per_booking'; amountMinor: number });

/** A rate in millionths. An included tax is part of the price that is shown, any other is added to it. */
export type Tax = { name: string; ratePpm: number; included: boolean; onFees: boolean; ticketTypeIds: readonly string[] | null };

export type Pricing = { rounding: Rounding; fees: readonly Fee[]; taxes: readonly Tax[] };

/** What a booking costs beyond its lines' prices, and how these came about. `lines` are the booking's, in their order. */
export type Charges = {
  discountMinor: number;
  fees: readonly { name: string; amountMinor: number }[];
  taxes: readonly { name: string; ratePpm: number; included: boolean; amountMinor: number }[];
  lines: readonly { listPriceMinor: number; tier: string | null }[];
};

export type PromoTerms = {
  state: 'active' | 'paused';
  kind: 'percent' | 'amount';
  /** Millionths of a ticket's price, or minor units off each ticket. */
  value: number;
  ticketTypeIds: readonly string[] | null;
  startsAtMs: number | null;
  endsAtMs: number | null;
  /** Bookings that may be held or confirmed with it. */
  usesMax: number | null;
  buyerUsesMax: number | null;
};

export type PromoCode = PromoTerms & { code: string; used: number };
