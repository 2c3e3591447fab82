import assert from 'node:assert/strict';
import { isPending } from '../../booking-states.ts';
import type { Changes, StockDelta } from '../changes.ts';
import type { PromoCode } from '../../prices.ts';
import type { Booking, ExecutedCommand, Offer, Quota, SaleState, Stock, TicketType } from '../state.ts';

/**
 * What the second round trip does to the tables: counters by deltas, rows inserted and updated, as one new state. It
 * refuses what the tables' keys and constraints refuse. The state it is given stays as it is.
 */
export function applyChanges(state: SaleState, changes: Changes): SaleState {
  const bookings = applyBookings(state, changes);
  return {
    ...state,
    head: {
      ...state.head,
      terms: changes.terms ?? state.head.terms,
      factSeq: state.head.factSeq + changes.facts.length,
      ledgerSeq: state.head.ledgerSeq + changes.ledger.length,
      transferSeq: state.head.transferSeq + changes.transfers.length,
    },
    ticketTypes: applyTicketTypes(state, changes),
    quotas: applyQuotas(state, changes),
    buyerTotals: applyBuyerTotals(state, changes),
    promoCodes: applyPromoCodes(state, changes),
    promoUses: applyPromoUses(state, changes),
    bookings,
    offers: applyOffers(state, changes),
    dueBookingIds: state.dueBookingIds.filter((id) => isPending(bookings.get(id)?.state ?? 'expired')),
    executed: applyCommands(state, changes),
  };
}

function insert<Row>(rows: Map<string, Row>, id: string, row: Row): void {
  assert.ok(!rows.has(id), `${id} is inserted once`);
  rows.set(id, row);
}

function move<Row extends Stock>(rows: Map<string, Row>, deltas: ReadonlyMap<string, StockDelta>): void {
  for (const [id, delta] of deltas) {
    const row = rows.get(id);
    assert.ok(row, `${id} is there to be moved`);
    const { capacity, held, sold, setAside } = row;
    rows.set(id, {
      ...row,
      capacity: capacity + delta.capacity,
      held: held + delta.held,
      sold: sold + delta.sold,
      setAside: setAside + delta.setAside,
    });
  }
}

function applyTicketTypes(state: SaleState, changes: Changes): Map<string, TicketType> {
  const types = new Map(state.ticketTypes);
  for (const { id, terms } of changes.newTicketTypes)
    insert(types, id, { id, terms, capacity: 0, held: 0, sold: 0, setAside: 0, offered: 0, taken: 0 });
  for (const [id, terms] of changes.changedTicketTypes) {
    const type = types.get(id);
    assert.ok(type, `${id} is there to be changed`);
    types.set(id, { ...type, terms });
  }
  move(types, changes.ticketTypeDeltas);
  for (const [id, delta] of changes.offeredDeltas) {
    const type = types.get(id);
    assert.ok(type, `${id} is there to be moved`);
    const [offered, taken] = [type.offered + delta.offered, type.taken + delta.taken];
    assert.ok(
      taken >= 0 && taken <= offered && offered <= type.sold,
      `${id} has ${taken} of ${offered} offers taken, of ${type.sold} sold`,
    );
    // The counters of offers are written first: each statement must keep the constraints.
    assert.ok(offered <= (state.ticketTypes.get(id)?.sold ?? 0), `what ${id} offers was sold before`);
    types.set(id, { ...type, offered, taken });
  }
  return types;
}

/** An offer is made once, and ended once. */
function applyOffers(state: SaleState, { newOffers, endedOffers }: Changes): Map<string, Offer[]> {
  const open = new Map([...state.offers.values()].flat().map((offer) => [offer.seq, offer]));
  for (const { isWithdrawn: _, ...ended } of endedOffers) {
    assert.deepEqual(open.get(ended.seq), ended, `the offer ${ended.seq} is there to be ended`);
    open.delete(ended.seq);
  }
  for (const offer of newOffers) {
    assert.ok(!open.has(offer.seq), `${offer.seq} is made once`);
    open.set(offer.seq, offer);
  }
  const inOrder = [...open.values()].sort((a, b) => a.seq - b.seq);
  return Map.groupBy(inOrder, (offer) => offer.ticketTypeId);
}

function applyQuotas(state: SaleState, changes: Changes): Map<string, Quota> {
  const quotas = new Map(state.quotas);
  for (const id of changes.newQuotaIds) insert(quotas, id, { id, ticketTypeIds: [], capacity: 0, held: 0, sold: 0, setAside: 0 });
  for (const [id, ticketTypeIds] of changes.quotaMembers) {
    const quota = quotas.get(id);
    assert.ok(quota, `${id} is there to be changed`);
    assert.equal(new Set(ticketTypeIds).size, ticketTypeIds.length, `${id} has each of its members once`);
    quotas.set(id, { ...quota, ticketTypeIds });
  }
  move(quotas, changes.quotaDeltas);
  return quotas;
}

function applyBookings(state: SaleState, changes: Changes): Map<string, Booking> {
  const bookings = new Map(state.bookings);
  for (const booking of changes.newBookings) insert(bookings, booking.id, checked(booking));
  for (const booking of changes.changedBookings) {
    assert.ok(state.bookings.has(booking.id), `${booking.id} is there to be changed`);
    bookings.set(booking.id, checked(booking));
  }
  return bookings;
}

/** As the constraints of the table have it. */
function checked(booking: Booking): Booking {
  const { id, paidMinor, refundedMinor, refundedExtraMinor, disputedMinor } = booking;
  assert.ok(refundedMinor <= paidMinor, `${id} gives back ${refundedMinor} of ${paidMinor}`);
  assert.ok(refundedExtraMinor >= 0 && refundedExtraMinor <= refundedMinor, `of that ${refundedExtraMinor} are fees and taxes`);
  assert.ok(disputedMinor >= 0, `${id} has less than nothing disputed`);
  return { ...booking };
}

function applyBuyerTotals(state: SaleState, changes: Changes): Map<string, Map<string, number>> {
  const totals = new Map([...state.buyerTotals].map(([buyer, ofBuyer]) => [buyer, new Map(ofBuyer)]));
  for (const [buyer, deltas] of changes.buyerDeltas) {
    const ofBuyer = totals.get(buyer) ?? new Map<string, number>();
    totals.set(buyer, ofBuyer);
    for (const [typeId, delta] of deltas) {
      const total = (ofBuyer.get(typeId) ?? 0) + delta;
      assert.ok(total >= 0, `${buyer} has no fewer than no tickets of ${typeId}`);
      ofBuyer.set(typeId, total);
    }
  }
  return totals;
}

function applyPromoCodes(state: SaleState, changes: Changes): Map<string, PromoCode> {
  const codes = new Map(state.promoCodes);
  for (const promo of changes.newPromoCodes) insert(codes, promo.code, { ...promo, used: 0 });
  for (const [code, terms] of changes.changedPromoCodes) {
    const promo = codes.get(code);
    assert.ok(promo, `${code} is there to be changed`);
    codes.set(code, { ...promo, ...terms });
  }
  for (const [code, uses] of changes.promoDeltas) {
    const promo = codes.get(code);
    assert.ok(promo, `${code} is there to be moved`);
    codes.set(code, { ...promo, used: promo.used + uses });
  }
  for (const { code, used, usesMax } of codes.values()) {
    assert.ok(used >= 0 && used <= (usesMax ?? used), `${code} is used ${used} times, at most ${usesMax}`);
  }
  return codes;
}

/** Uses are lowered where there is a row: for a code that does not count its buyers there is none. */
function applyPromoUses(state: SaleState, changes: Changes): Map<string, Map<string, number>> {
  const uses = new Map([...state.promoUses].map(([buyer, ofBuyer]) => [buyer, new Map(ofBuyer)]));
  for (const [buyer, deltas] of changes.promoUseDeltas) {
    const ofBuyer = uses.get(buyer) ?? new Map<string, number>();
    for (const [code, delta] of deltas) {
      if (delta <= 0 && !ofBuyer.has(code)) continue;
      const total = (ofBuyer.get(code) ?? 0) + delta;
      assert.ok(total >= 0, `${buyer} uses ${code} no fewer than no times`);
      uses.set(buyer, ofBuyer.set(code, total));
    }
  }
  return uses;
}

function applyCommands(state: SaleState, changes: Changes): Map<string, ExecutedCommand> {
  const executed = new Map(state.executed);
  for (const { commandId, fingerprint, kind, subjectId } of changes.commands) insert(executed, commandId, { fingerprint, kind, subjectId });
  return executed;
}
