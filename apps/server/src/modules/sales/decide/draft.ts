import type { SaleTerms } from '../commands.ts';
import { invariant } from '../../../platform/invariant.ts';
import { noChanges, type Changes, type LedgerKind, type StockDelta } from './changes.ts';
import type { PromoCode } from '../prices.ts';
import type { Booking, ExecutedCommand, Offer, Offered, Quota, SaleState, Stock, TicketType } from './state.ts';

/**
 * The working copy of one decision: the state as it is after the commands decided so far, and the changes that
 * lead there. The state it was begun from is never touched.
 */
export type Draft = {
  readonly state: SaleState;
  readonly nowMs: number;
  readonly ticketTypes: Map<string, TicketType>;
  readonly quotas: Map<string, Quota>;
  readonly promoCodes: Map<string, PromoCode>;
  quotasOf: Map<string, Quota[]>;
  /** By ticket type, in the order in which they were made. */
  readonly offers: Map<string, Offer[]>;
  readonly bookings: Map<string, Booking>;
  /** Commands executed before, and those of this batch. */
  readonly executed: Map<string, ExecutedCommand>;
  terms: SaleTerms;
  readonly changes: Changes;
};

export function beginDraft(state: SaleState, nowMs: number): Draft {
  const quotas = new Map([...state.quotas].map(([id, quota]) => [id, { ...quota }]));
  return {
    state,
    nowMs,
    ticketTypes: new Map([...state.ticketTypes].map(([id, type]) => [id, { ...type }])),
    quotas,
    quotasOf: indexByTicketType(quotas.values()),
    promoCodes: new Map([...state.promoCodes].map(([code, promo]) => [code, { ...promo }])),
    offers: new Map([...state.offers].map(([id, offers]) => [id, [...offers]])),
    bookings: new Map(),
    executed: new Map(state.executed),
    terms: state.head.terms,
    changes: noChanges(),
  };
}

export function indexByTicketType(quotas: Iterable<Quota>): Map<string, Quota[]> {
  const index = new Map<string, Quota[]>();
  for (const quota of quotas) {
    for (const ticketTypeId of quota.ticketTypeIds) {
      const list = index.get(ticketTypeId);
      if (list) list.push(quota);
      else index.set(ticketTypeId, [quota]);
    }
  }
  return index;
}

/** The booking as it stands now; a copy of the draft's own, which may be changed. */
export function bookingOf(draft: Draft, id: string): Booking | null {
  const known = draft.bookings.get(id);
  if (known) return known;
  const read = draft.state.bookings.get(id);
  if (!read) return null;
  const copy = { ...read };
  draft.bookings.set(id, copy);
  return copy;
}

/** The tickets of a type that a buyer has now, with what this batch has added. */
export function buyerTotal(draft: Draft, buyerKey: string, ticketTypeId: string): number {
  const before = draft.state.buyerTotals.get(buyerKey)?.get(ticketTypeId) ?? 0;
  return before + (draft.changes.buyerDeltas.get(buyerKey)?.get(ticketTypeId) ?? 0);
}

/** The tickets of the whole event that a buyer has now. */
export function buyerTotalOfEvent(draft: Draft, buyerKey: string): number {
  let total = 0;
  for (const quantity of draft.state.buyerTotals.get(buyerKey)?.values() ?? []) total += quantity;
  for (const delta of draft.changes.buyerDeltas.get(buyerKey)?.values() ?? []) total += delta;
  return total;
}

export type StockMove = { kind: LedgerKind; bookingId: string | null; ticketTypeId: string; delta: StockDelta; taken?: number };

/** Moves stock of a ticket type and of every quota over it, and writes the ledger. */
export function moveStock(draft: Draft, move: StockMove): void {
  const ticketType = draft.ticketTypes.get(move.ticketTypeId);
  invariant(ticketType, `no ticket type ${move.ticketTypeId} in the draft`);
  addTo(ticketType, move.delta);
  accumulate(draft.changes.ticketTypeDeltas, ticketType.id, move.delta);
  // The capacity of a type is its own; the other counters of a quota are the sums over its types.
  const shared = { ...move.delta, capacity: 0 };
  for (const quota of draft.quotasOf.get(ticketType.id) ?? []) {
    addTo(quota, shared);
    accumulate(draft.changes.quotaDeltas, quota.id, shared);
  }
  if (move.taken) moveOffered(draft, ticketType.id, { offered: 0, taken: move.taken });
  draft.changes.ledger.push({ ...move, quotaId: null });
}

/** Counts offers of a ticket type, and holds that wait for them. */
export function moveOffered(draft: Draft, ticketTypeId: string, { offered, taken }: Offered): void {
  const ticketType = draft.ticketTypes.get(ticketTypeId);
  invariant(ticketType, `no ticket type ${ticketTypeId} in the draft`);
  ticketType.offered += offered;
  ticketType.taken += taken;
  const deltas = draft.changes.offeredDeltas;
  const sum = deltas.get(ticketTypeId) ?? { offered: 0, taken: 0 };
  deltas.set(ticketTypeId, { offered: sum.offered + offered, taken: sum.taken + taken });
}

export function addTo(stock: Stock, delta: StockDelta): void {
  stock.capacity += delta.capacity;
  stock.held += delta.held;
  stock.sold += delta.sold;
  stock.setAside += delta.setAside;
}

export function accumulate(deltas: Map<string, StockDelta>, id: string, delta: StockDelta): void {
  const sum = deltas.get(id);
  if (sum) addTo(sum, delta);
  else deltas.set(id, { ...delta });
}

export function addToBuyer(draft: Draft, buyerKey: string, ticketTypeId: string, quantity: number): void {
  const deltas = draft.changes.buyerDeltas;
  let ofBuyer = deltas.get(buyerKey);
  if (!ofBuyer) {
    ofBuyer = new Map();
    deltas.set(buyerKey, ofBuyer);
  }
  ofBuyer.set(ticketTypeId, (ofBuyer.get(ticketTypeId) ?? 0) + quantity);
}

/** How many bookings of a buyer use a code now. */
export function promoUsesOf(draft: Draft, buyerKey: string, code: string): number {
  const before = draft.state.promoUses.get(buyerKey)?.get(code) ?? 0;
  return before + (draft.changes.promoUseDeltas.get(buyerKey)?.get(code) ?? 0);
}

/** Counts a booking that begins (1) or ceases (-1) to use a promo code. */
export function addPromoUse(draft: Draft, { code, buyerKey, uses }: { code: string; buyerKey: string; uses: number }): void {
  const promo = draft.promoCodes.get(code);
  if (promo) promo.used += uses;
  const { promoDeltas, promoUseDeltas } = draft.changes;
  promoDeltas.set(code, (promoDeltas.get(code) ?? 0) + uses);
  // Whoever gives a use back does not know whether the code counts them: there is a row to be lowered, or there is none.
  if (uses > 0 && promo?.buyerUsesMax === null) return;
  const ofBuyer = promoUseDeltas.get(buyerKey) ?? new Map<string, number>();
  promoUseDeltas.set(buyerKey, ofBuyer.set(code, (ofBuyer.get(code) ?? 0) + uses));
}

/** The ledger's number of the entry written last. */
export function lastLedgerSeq(draft: Draft): number {
  return draft.state.head.ledgerSeq + draft.changes.ledger.length;
}
