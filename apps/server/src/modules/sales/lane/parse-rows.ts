import { parseBookingState } from '../booking-states.ts';
import { parseEventState } from '../event-states.ts';
import { parseDispute, parseTender, type Money } from '../money.ts';
import type { TicketTypeTerms } from '../commands.ts';
import { parseCharges, parsePricing, parseRules } from './parse-prices.ts';
import type { Booking, BookingLine, ExecutedCommand, Head, Offer, Quota, TicketType } from '../decide/state.ts';

/** Rows come as arrays in the order of the statements' columns; `pg` has made numbers of integers and floats. */
type Row = readonly unknown[];

export function parseHead(row: Row): { head: Head; nowMs: number } {
  const [nowMs, currency, state, holdLengthMs, salesStartMs, salesEndMs, bookingMax, buyerMax, ...rest] = row;
  const [pricing, publishAtMs, endsAtMs, factSeq, ledgerSeq, transferSeq, resale] = rest;
  const terms = {
    state: parseEventState(String(state)),
    holdLengthMs: Number(holdLengthMs),
    salesStartMs: numberOrNull(salesStartMs),
    salesEndMs: numberOrNull(salesEndMs),
    bookingMax: Number(bookingMax),
    buyerMax: numberOrNull(buyerMax),
    pricing: parsePricing(pricing),
    publishAtMs: numberOrNull(publishAtMs),
    endsAtMs: numberOrNull(endsAtMs),
    resale: resale === true,
  };
  const numbers = { factSeq: Number(factSeq), ledgerSeq: Number(ledgerSeq), transferSeq: Number(transferSeq) };
  return { nowMs: Number(nowMs), head: { currency: String(currency), terms, ...numbers } };
}

export function parseTicketTypes(rows: readonly Row[]): Map<string, TicketType> {
  return new Map(rows.map((row) => [String(row[0]), parseTicketType(row)]));
}

function parseTicketType(row: Row): TicketType {
  return { ...parseStock(row), terms: parseTicketTypeTerms(row.slice(5)), offered: Number(row[15]), taken: Number(row[16]) };
}

export function parseQuotas(rows: readonly Row[]): Map<string, Quota> {
  return new Map(rows.map((row) => [String(row[0]), { ...parseStock(row), ticketTypeIds: row[5] ? String(row[5]).split(',') : [] }]));
}

function parseStock([id, capacity, held, sold, setAside]: Row) {
  return { id: String(id), capacity: Number(capacity), held: Number(held), sold: Number(sold), setAside: Number(setAside) };
}

function parseTicketTypeTerms([
  state,
  position,
  priceMinor,
  start,
  end,
  bookingMin,
  bookingMax,
  buyerMax,
  accessCode,
  rules,
]: Row): TicketTypeTerms {
  return {
    state: state === 'paused' ? 'paused' : 'on_sale',
    position: Number(position),
    priceMinor: Number(priceMinor),
    salesStartMs: numberOrNull(start),
    salesEndMs: numberOrNull(end),
    bookingMin: Number(bookingMin),
    bookingMax: Number(bookingMax),
    buyerMax: numberOrNull(buyerMax),
    accessCode: accessCode === null ? null : String(accessCode),
    ...parseRules(rules),
  };
}

export function parseBuyerTotals(rows: readonly Row[]): Map<string, Map<string, number>> {
  const totals = new Map<string, Map<string, number>>();
  for (const [buyer, ticketTypeId, quantity] of rows) {
    const buyerKey = String(buyer);
    const ofBuyer = totals.get(buyerKey) ?? new Map<string, number>();
    totals.set(buyerKey, ofBuyer.set(String(ticketTypeId), Number(quantity)));
  }
  return totals;
}

export function parseBookings(rows: readonly Row[]): Map<string, Booking> {
  return new Map(rows.map((row) => [String(row[0]), parseBooking(row)]));
}

export function parseBooking(row: Row): Booking {
  const [id, buyerKey, fingerprint, state, quantity, totalMinor, currency, heldAtMs, expiresAtMs, extended, ...rest] = row;
  const [confirmedAtMs, closedAtMs, ledgerSeq, lines, promoCode, extraMinor, charges, ...money] = rest;
  return {
    id: String(id),
    buyerKey: String(buyerKey),
    fingerprint: String(fingerprint),
    state: parseBookingState(String(state)),
    lines: String(lines).split(',').map(parseLine),
    quantity: Number(quantity),
    totalMinor: Number(totalMinor),
    extraMinor: Number(extraMinor),
    charges: parseCharges(charges),
    promoCode: promoCode === null ? null : String(promoCode),
    currency: String(currency),
    heldAtMs: Number(heldAtMs),
    expiresAtMs: Number(expiresAtMs),
    extended: extended === true,
    confirmedAtMs: numberOrNull(confirmedAtMs),
    closedAtMs: numberOrNull(closedAtMs),
    ledgerSeq: Number(ledgerSeq),
    ...parseMoney(money),
    returned: parseNumbers(money[7]),
    offers: parseOffersOf(money[9], money[10]),
  };
}

function parseMoney([
  paymentRef,
  tender,
  paidMinor,
  refundedMinor,
  refundedExtraMinor,
  disputedMinor,
  dispute,
  ,
  resaleDueMinor,
]: Row): Money {
  return {
    paymentRef: textOrNull(paymentRef),
    tender: parseTender(textOrNull(tender)),
    paidMinor: Number(paidMinor),
    refundedMinor: Number(refundedMinor),
    refundedExtraMinor: Number(refundedExtraMinor),
    disputedMinor: Number(disputedMinor),
    dispute: parseDispute(textOrNull(dispute)),
    resaleDueMinor: Number(resaleDueMinor),
  };
}

const NONE: readonly number[] = [];

function parseNumbers(text: unknown): readonly number[] {
  return typeof text === 'string' && text !== '' ? text.split(',').map(Number) : NONE;
}

const NO_OFFERS: Booking['offers'] = [];

function parseOffersOf(numbers: unknown, seqs: unknown): Booking['offers'] {
  const parsed = parseNumbers(numbers);
  if (parsed.length === 0) return NO_OFFERS;
  const seqOf = parseNumbers(seqs);
  return parsed.map((number, index) => ({ number, seq: seqOf[index] ?? 0 }));
}

/** Offers by ticket type, in their order; each row goes on with the booking that it is of. */
export function parseOffers(rows: readonly Row[]): Map<string, Offer[]> {
  const offers = rows.map(([ticketTypeId, seq, number, bookingId]) => ({
    ticketTypeId: String(ticketTypeId),
    seq: Number(seq),
    bookingId: String(bookingId),
    number: Number(number),
  }));
  return Map.groupBy(
    offers.sort((a, b) => a.seq - b.seq),
    (offer) => offer.ticketTypeId,
  );
}

function parseLine(text: string): BookingLine {
  const [ticketTypeId = '', quantity, unitPriceMinor] = text.split(':');
  return { ticketTypeId, quantity: Number(quantity), unitPriceMinor: Number(unitPriceMinor) };
}

export function parseExecuted(rows: readonly Row[]): Map<string, ExecutedCommand> {
  return new Map(
    rows.map(([id, fingerprint, kind, subjectId]) => [
      String(id),
      { fingerprint: String(fingerprint), kind: String(kind), subjectId: String(subjectId) },
    ]),
  );
}

function textOrNull(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value);
}

function numberOrNull(value: unknown): number | null {
  return value === null ? null : Number(value);
}
