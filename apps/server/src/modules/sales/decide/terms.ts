import type { SaleTerms, TicketTypeTerms } from '../commands.ts';
import type { Refusal } from '../outcomes.ts';
import { findInvalidPricing, findInvalidRules } from './terms-of-prices.ts';

/** The same bounds stand in the tables' constraints; here they are answered by name. */
export const TERMS = {
  holdLengthMsMin: 1_000,
  holdLengthMsMax: 86_400_000,
  bookingMax: 10_000,
  capacityMax: 100_000_000,
  /** Every batch reads all of them under the head's lock. */
  ticketTypesMax: 200,
  quotasMax: 200,
  /** With bookingMax this keeps every total below 2^53. */
  priceMinorMax: 100_000_000_000,
} as const;

type Invalid = Extract<Refusal, { kind: 'invalid_terms' }>;

export function findInvalidSale(terms: SaleTerms): Invalid | null {
  return (
    outside('hold_length_ms', terms.holdLengthMs, TERMS.holdLengthMsMin, TERMS.holdLengthMsMax) ??
    outside('booking_max', terms.bookingMax, 1, TERMS.bookingMax) ??
    (terms.buyerMax === null ? null : outside('buyer_max', terms.buyerMax, 1, TERMS.capacityMax)) ??
    badWindow(terms) ??
    badPlan(terms) ??
    findInvalidPricing(terms.pricing)
  );
}

function badPlan({ state, publishAtMs }: SaleTerms): Invalid | null {
  if (state !== 'scheduled' || publishAtMs !== null) return null;
  return { kind: 'invalid_terms', field: 'publish_at', detail: 'must be set for an event that goes on sale by itself' };
}

export function findInvalidTicketType(terms: TicketTypeTerms, capacity: number): Invalid | null {
  return (
    findInvalidCapacity(capacity) ??
    outside('price_minor', terms.priceMinor, 0, TERMS.priceMinorMax) ??
    outside('booking_min', terms.bookingMin, 1, TERMS.bookingMax) ??
    outside('booking_max', terms.bookingMax, terms.bookingMin, TERMS.bookingMax) ??
    (terms.buyerMax === null ? null : outside('buyer_max', terms.buyerMax, 1, TERMS.capacityMax)) ??
    badWindow(terms) ??
    findInvalidRules(terms)
  );
}

export function findInvalidCapacity(capacity: number): Invalid | null {
  return outside('capacity', capacity, 0, TERMS.capacityMax);
}

function outside(field: string, value: number, min: number, max: number): Invalid | null {
  if (Number.isSafeInteger(value) && value >= min && value <= max) return null;
  return { kind: 'invalid_terms', field, detail: `must be a whole number from ${min} to ${max}` };
}

function badWindow(window: { salesStartMs: number | null; salesEndMs: number | null }): Invalid | null {
  if (window.salesStartMs === null || window.salesEndMs === null || window.salesStartMs < window.salesEndMs) return null;
  return { kind: 'invalid_terms', field: 'sales_end_at', detail: 'must be after sales_start_at' };
}

export function tooMany(what: string, max: number): Invalid {
  return { kind: 'invalid_terms', field: 'event_id', detail: `has ${max} ${what} already, the most an event can have` };
}
