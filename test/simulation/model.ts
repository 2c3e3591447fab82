import { isPending, isSold, type BookingState } from '../../apps/server/src/modules/sales/booking-states.ts';
import type { SaleTerms, TicketTypeTerms } from '../../apps/server/src/modules/sales/commands.ts';
import type { PromoTerms } from '../../apps/server/src/modules/sales/prices.ts';
import type { BookingMoney, Notebook } from './notebook.ts';
import { openNotebook } from './notebook.ts';
import type { EventPlan } from './operation.ts';

/**
 * The sale of one event as one person with a notebook would keep it: one command after the other, no batches, no
 * phases, no deltas. It shares the words of the sale and none of its code that decides.
 */
export type Model = {
  eventId: string;
  terms: SaleTerms;
  types: Map<string, ModelType>;
  quotas: Map<string, { capacity: number; members: readonly string[] }>;
  promos: Map<string, { terms: PromoTerms; used: number }>;
  bookings: Map<string, ModelBooking>;
  /** Tickets that buyers hold or have bought, by `buyer` and by `buyer type`; bookings with a code, by `buyer code`. */
  owned: Map<string, number>;
  /** Commands executed in earlier rounds, by their ids. */
  executed: Map<string, { kind: string; fingerprint: string }>;
  factSeq: number;
  notebook: Notebook;
};

export type ModelType = { terms: TicketTypeTerms; capacity: number; setAside: number; held: number; sold: number };

export type ModelBooking = BookingMoney & {
  id: string;
  buyerKey: string;
  fingerprint: string;
  state: BookingState;
  lines: readonly { ticketTypeId: string; quantity: number; unitPriceMinor: number }[];
  /** Paid on top of the lines. */
  feesMinor: number;
  taxesMinor: number;
  heldAtMs: number;
  promoCode: string | null;
  expiresAtMs: number;
  extended: boolean;
};

/** The state that each of these commands brings a booking into. */
export const TARGETS = { release: 'released', cancel: 'cancelled' } as const;

export function openModel({ eventId, terms }: EventPlan): Model {
  const things = { types: new Map(), quotas: new Map(), promos: new Map(), bookings: new Map() };
  return { eventId, terms, ...things, owned: new Map(), executed: new Map(), factSeq: 0, notebook: openNotebook() };
}

export function usedOf(type: ModelType): number {
  return type.held + type.sold + type.setAside;
}

export function usedUnder(model: Model, members: readonly string[]): number {
  return members.reduce((sum, id) => sum + usedOf(model.types.get(id)!), 0);
}

/** Tickets of a type, or of the whole event, that a buyer holds or has bought. */
export function ownedBy(model: Model, buyerKey: string, ticketTypeId: string | null): number {
  return model.owned.get(ticketTypeId === null ? buyerKey : `${buyerKey} ${ticketTypeId}`) ?? 0;
}

export function priceOf({ lines, feesMinor, taxesMinor }: ModelBooking): number {
  return totalOf(lines) + feesMinor + taxesMinor;
}

export function totalOf(lines: ModelBooking['lines']): number {
  return lines.reduce((sum, line) => sum + line.quantity * line.unitPriceMinor, 0);
}

/** Changes a booking, with its tickets in the counter where its state keeps them before and after. */
export function change(model: Model, booking: ModelBooking, to: Partial<ModelBooking>): void {
  count(model, booking, -1);
  Object.assign(booking, to);
  count(model, booking, 1);
}

/** The types of a booking's tickets, one after the other as they are numbered. */
export function ticketsOf({ lines }: Pick<ModelBooking, 'lines'>): { number: number; ticketTypeId: string; unitPriceMinor: number }[] {
  const tickets = lines.flatMap(({ ticketTypeId, quantity, unitPriceMinor }) =>
    Array.from({ length: quantity }, () => ({ ticketTypeId, unitPriceMinor })),
  );
  return tickets.map((ticket, index) => ({ number: index + 1, ...ticket }));
}

/** Adds the tickets that a booking has, and its use of a code, to what its state and its buyer have, or takes them away. */
export function count(model: Model, booking: ModelBooking, sign: 1 | -1): void {
  const { state, buyerKey, promoCode, returned } = booking;
  if (!isPending(state) && !isSold(state)) return;
  const promo = promoCode === null ? undefined : model.promos.get(promoCode);
  if (promo) promo.used += sign;
  if (promo) add(model, `${buyerKey} ${promoCode}`, sign);
  for (const { number, ticketTypeId } of ticketsOf(booking)) {
    if (returned.includes(number)) continue;
    model.types.get(ticketTypeId)![isPending(state) ? 'held' : 'sold'] += sign;
    for (const key of [buyerKey, `${buyerKey} ${ticketTypeId}`]) add(model, key, sign);
  }
}

function add({ owned }: Model, key: string, more: number): void {
  owned.set(key, (owned.get(key) ?? 0) + more);
}
