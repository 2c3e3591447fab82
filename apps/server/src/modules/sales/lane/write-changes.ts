import {
  bigintArray,
  booleanArray,
  doubleArray,
  integerArray,
  jsonArray,
  textArray,
  uuidArray,
  type Call,
  type Statement,
} from '../../../platform/db/index.ts';
import { insertFacts } from '../../../platform/facts/index.ts';
import type { TicketTypeTerms } from '../commands.ts';
import type { Changes, StockDelta } from '../decide/changes.ts';
import type { Booking, SaleState } from '../decide/state.ts';
import { nextChange } from '../event-states.ts';
import type { PriceRules } from '../prices.ts';
import { offersOf, writeOffered, writeOffers } from './write-offers.ts';
import { writePromoCodes } from './write-promo-codes.ts';
import * as sql from './write-statements.ts';

import type { LanePart } from './lane-part.ts';
import type { Add, Value } from './write-calls.ts';

/** The second round trip of a batch, up to its commit: everything that changes. Only statements with rows are sent. */
export function writeChanges(state: SaleState, changes: Changes, nowMs: number, parts: readonly LanePart[] = []): Call[] {
  const calls: Call[] = [];
  const add = (statement: Statement, ...values: Value[]): void => {
    calls.push({ statement, values: [state.eventId, ...values] });
  };
  add(
    sql.MOVE_HEAD,
    changes.facts.length,
    changes.ledger.length,
    Number(changes.contentChanged),
    changes.expiredUntilMs,
    changes.transfers.length,
  );
  writeConfiguration(changes, add);
  writeOffered(changes, add);
  writeStock(sql.MOVE_TICKET_TYPES, changes.ticketTypeDeltas, add);
  writeStock(sql.MOVE_QUOTAS, changes.quotaDeltas, add);
  writeOffers(changes, add);
  writeBookings(state, changes, nowMs, add);
  writeChangedBookings(changes, add);
  writeBuyerTotals(state, changes, add);
  writePromoCodes(state, changes, add);
  writeLedger(state, changes, nowMs, add);
  const { facts } = changes;
  if (facts.length > 0) calls.push(insertFacts({ eventId: state.eventId, seq: state.head.factSeq, atMs: nowMs, facts }));
  writeCommands(changes, nowMs, add);
  for (const part of parts) part.write({ state, changes, nowMs, add });
  return calls;
}

function writeConfiguration(changes: Changes, add: Add): void {
  const { terms, quotaMembers, newQuotaIds } = changes;
  if (terms) {
    const { state, holdLengthMs, salesStartMs, salesEndMs, bookingMax, buyerMax, publishAtMs, endsAtMs, resale } = terms;
    const nextChangeMs = nextChange(terms)?.atMs ?? null;
    const pricing = jsonOrNull(terms.pricing);
    add(
      sql.CHANGE_TERMS,
      state,
      holdLengthMs,
      salesStartMs,
      salesEndMs,
      bookingMax,
      buyerMax,
      pricing,
      publishAtMs,
      endsAtMs,
      nextChangeMs,
      Number(resale),
    );
  }
  for (const { id, terms: ofType } of changes.newTicketTypes) add(sql.INSERT_TICKET_TYPE, id, ...valuesOf(ofType));
  for (const [id, ofType] of changes.changedTicketTypes) add(sql.CHANGE_TICKET_TYPE, id, ...valuesOf(ofType));
  if (newQuotaIds.length > 0) add(sql.INSERT_QUOTAS, uuidArray(newQuotaIds));
  if (quotaMembers.size === 0) return;
  add(sql.DELETE_MEMBERS, uuidArray([...quotaMembers.keys()]));
  const pairs = [...quotaMembers].flatMap(([quotaId, typeIds]) => typeIds.map((typeId) => [quotaId, typeId] as const));
  add(sql.INSERT_MEMBERS, uuidArray(pairs.map(([quotaId]) => quotaId)), uuidArray(pairs.map(([, typeId]) => typeId)));
}

function valuesOf(terms: TicketTypeTerms): Value[] {
  const { state, position, priceMinor, salesStartMs, salesEndMs, bookingMin, bookingMax, buyerMax, accessCode } = terms;
  const rulesJson = hasPlainPrice(terms) ? null : JSON.stringify(rulesOf(terms));
  return [state, position, priceMinor, salesStartMs, salesEndMs, bookingMin, bookingMax, buyerMax, accessCode, rulesJson];
}

function hasPlainPrice({ tiers, addOn, isDonation }: PriceRules): boolean {
  return tiers.length === 0 && addOn === null && !isDonation;
}

function rulesOf({ tiers, addOn, isDonation }: PriceRules): PriceRules {
  return { tiers, addOn, isDonation };
}

function writeStock(statement: Statement, deltas: Changes['ticketTypeDeltas'], add: Add): void {
  if (deltas.size === 0) return;
  add(statement, uuidArray([...deltas.keys()]), ...stockArrays([...deltas.values()]));
}

function stockArrays(deltas: readonly StockDelta[]): [Buffer, Buffer, Buffer, Buffer] {
  return [
    integerArray(deltas.map((delta) => delta.capacity)),
    integerArray(deltas.map((delta) => delta.held)),
    integerArray(deltas.map((delta) => delta.sold)),
    integerArray(deltas.map((delta) => delta.setAside)),
  ];
}

function writeBookings(state: SaleState, { newBookings }: Changes, nowMs: number, add: Add): void {
  const [first] = newBookings;
  if (!first) return;
  const lines = newBookings.flatMap((booking) => booking.lines);
  const { firsts, lasts } = placesOfLines(newBookings);
  add(
    sql.INSERT_BOOKINGS,
    state.head.currency,
    nowMs,
    // One hold length for all that one batch places: the event's.
    first.expiresAtMs,
    uuidArray(newBookings.map((booking) => booking.id)),
    uuidArray(newBookings.map((booking) => booking.buyerKey)),
    uuidArray(newBookings.map((booking) => booking.fingerprint)),
    textArray(newBookings.map((booking) => booking.state)),
    integerArray(newBookings.map((booking) => booking.quantity)),
    bigintArray(newBookings.map((booking) => booking.totalMinor)),
    bigintArray(newBookings.map((booking) => booking.ledgerSeq)),
    integerArray(firsts),
    integerArray(lasts),
    uuidArray(lines.map((line) => line.ticketTypeId)),
    integerArray(lines.map((line) => line.quantity)),
    bigintArray(lines.map((line) => line.unitPriceMinor)),
    ...chargesOf(newBookings),
    ...deskMoneyOf(newBookings),
  );
}

/** What most batches have nothing of is not sent at all. */
function chargesOf(bookings: Changes['newBookings']): Value[] {
  const hasPromo = bookings.some((booking) => booking.promoCode !== null);
  const hasExtra = bookings.some((booking) => booking.extraMinor > 0);
  const hasCharges = bookings.some((booking) => booking.charges !== null);
  return [
    hasPromo ? textArray(bookings.map((booking) => booking.promoCode)) : null,
    hasExtra ? bigintArray(bookings.map((booking) => booking.extraMinor)) : null,
    hasCharges ? jsonArray(bookings.map((booking) => jsonOrNull(booking.charges))) : null,
  ];
}

/** A booking is paid for when it is made only at a desk. */
function deskMoneyOf(bookings: Changes['newBookings']): Value[] {
  if (bookings.every((booking) => booking.tender === null)) return [null, null];
  return [textArray(bookings.map((booking) => booking.tender)), bigintArray(bookings.map((booking) => booking.paidMinor))];
}

/** In a batch where no payment changes, nothing is sent of any. */
function moneyOf(bookings: readonly Booking[]): Value[] {
  if (bookings.every((booking) => booking.tender === null && booking.dispute === null && booking.returned.length === 0))
    return Array<Value>(9).fill(null);
  return [
    textArray(bookings.map((booking) => booking.paymentRef)),
    textArray(bookings.map((booking) => booking.tender)),
    bigintArray(bookings.map((booking) => booking.paidMinor)),
    bigintArray(bookings.map((booking) => booking.refundedMinor)),
    bigintArray(bookings.map((booking) => booking.refundedExtraMinor)),
    bigintArray(bookings.map((booking) => booking.disputedMinor)),
    textArray(bookings.map((booking) => booking.dispute)),
    textArray(bookings.map((booking) => (booking.returned.length > 0 ? booking.returned.join(',') : null))),
    bigintArray(bookings.map((booking) => booking.resaleDueMinor)),
  ];
}

function jsonOrNull(value: object | null): string | null {
  return value === null ? null : JSON.stringify(value);
}

/** The places of each booking's first and last line among the lines of all, counted from one. */
function placesOfLines(bookings: Changes['newBookings']): { firsts: number[]; lasts: number[] } {
  const firsts: number[] = [];
  const lasts: number[] = [];
  let place = 0;
  for (const { lines } of bookings) {
    firsts.push(place + 1);
    place += lines.length;
    lasts.push(place);
  }
  return { firsts, lasts };
}

function writeChangedBookings(changes: Changes, add: Add): void {
  const { changedBookings } = changes;
  if (changedBookings.size === 0) return;
  const changed = [...changedBookings];
  add(
    sql.CHANGE_BOOKINGS,
    uuidArray(changed.map((booking) => booking.id)),
    textArray(changed.map((booking) => booking.state)),
    doubleArray(changed.map((booking) => booking.expiresAtMs)),
    booleanArray(changed.map((booking) => booking.extended)),
    doubleArray(changed.map((booking) => booking.confirmedAtMs)),
    doubleArray(changed.map((booking) => booking.closedAtMs)),
    bigintArray(changed.map((booking) => booking.ledgerSeq)),
    ...moneyOf(changed),
    ...offersOf(changed, changes),
  );
}

type BuyerRow = { buyerKey: string; ticketTypeId: string; quantity: number };

/**
 * Totals are raised for buyers whose rows were read under the head's lock, so it is known which rows exist: a plain
 * insert and an update by delta cost two thirds of an upsert. Lowered ones exist, since something raised them.
 */
function writeBuyerTotals(state: SaleState, { buyerDeltas }: Changes, add: Add): void {
  const fresh: BuyerRow[] = [];
  const moved: BuyerRow[] = [];
  for (const [buyerKey, deltas] of buyerDeltas) {
    const known = state.buyerTotals.get(buyerKey);
    for (const [ticketTypeId, quantity] of deltas) {
      if (quantity > 0 && !known?.has(ticketTypeId)) fresh.push({ buyerKey, ticketTypeId, quantity });
      else if (quantity !== 0) moved.push({ buyerKey, ticketTypeId, quantity });
    }
  }
  addBuyerRows(sql.INSERT_BUYER_TOTALS, fresh, add);
  addBuyerRows(sql.MOVE_BUYER_TOTALS, moved, add);
}

function addBuyerRows(statement: Statement, rows: readonly BuyerRow[], add: Add): void {
  if (rows.length === 0) return;
  add(
    statement,
    uuidArray(rows.map((row) => row.buyerKey)),
    uuidArray(rows.map((row) => row.ticketTypeId)),
    integerArray(rows.map((row) => row.quantity)),
  );
}

function writeLedger(state: SaleState, { ledger }: Changes, nowMs: number, add: Add): void {
  if (ledger.length === 0) return;
  const [capacity, held, sold, setAside] = stockArrays(ledger.map((entry) => entry.delta));
  add(
    sql.INSERT_LEDGER,
    state.head.ledgerSeq,
    nowMs,
    textArray(ledger.map((entry) => entry.kind)),
    uuidArray(ledger.map((entry) => entry.bookingId)),
    uuidArray(ledger.map((entry) => entry.ticketTypeId)),
    uuidArray(ledger.map((entry) => entry.quotaId)),
    held,
    sold,
    setAside,
    capacity,
    ledger.some((entry) => entry.taken) ? integerArray(ledger.map((entry) => entry.taken ?? 0)) : null,
  );
}

function writeCommands({ commands }: Changes, nowMs: number, add: Add): void {
  if (commands.length === 0) return;
  add(
    sql.INSERT_COMMANDS,
    nowMs,
    uuidArray(commands.map((command) => command.commandId)),
    uuidArray(commands.map((command) => command.fingerprint)),
    textArray(commands.map((command) => command.kind)),
    uuidArray(commands.map((command) => command.subjectId)),
  );
}
