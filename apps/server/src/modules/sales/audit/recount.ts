import { addProblems, type AuditRun } from './audit-run.ts';
import type { BuyerTally } from './buyer-tally.ts';
import { checkBooking } from './check-booking.ts';
import { changeBetween, type StockChange } from './ledger-moves.ts';
import { readBookingPage, type AuditedBooking } from './read-bookings.ts';
import type { LedgerRow } from './read-ledger.ts';
import { readBuyerTotalPage, type BuyerTotalRow } from './read-buyer-totals.ts';
import { sumLedger } from './sum-ledger.ts';
import type { StockSums } from './stock-sums.ts';
import { walkLedger } from './walk-ledger.ts';
import { BOOKING_STATES, type BookingState } from '../booking-states.ts';

/** Below and above every UUID. */
const NIL = '00000000-0000-0000-0000-000000000000';
const MAX = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/**
 * A count of bookings and buyers' totals that goes on while tickets are sold. It has counted every row up to its two
 * cursors, as those rows stood after entry `ledgerSeq` of the ledger. A page is exact as of the moment it was read at;
 * so before a page is added, everything counted before is brought forward to that moment with the entries of the
 * ledger that have come since. Each entry is read once, and nothing is kept but sums.
 */
export type Recount = {
  ledgerSeq: number;
  bookingsUpTo: string;
  buyerTotalsUpTo: string;
  readonly ledgerSums: StockSums;
  readonly bookingSums: Map<string, StockChange>;
  readonly tally: BuyerTally;
};

/** Counts all bookings and all buyers' totals of an event; `rollForward` brings the result to a later moment. */
export async function recountEvent(run: AuditRun, tally: BuyerTally): Promise<Recount> {
  const recount: Recount = {
    ledgerSeq: 0,
    bookingsUpTo: NIL,
    buyerTotalsUpTo: NIL + NIL,
    ledgerSums: new Map(),
    bookingSums: new Map(),
    tally,
  };
  while (recount.bookingsUpTo !== MAX) await countBookingPage(run, recount);
  while (recount.buyerTotalsUpTo !== MAX + MAX) await countBuyerTotalPage(run, recount);
  return recount;
}

/** Brings what has been counted from its moment to that after entry `upTo`. */
export async function rollForward(run: AuditRun, recount: Recount, upTo: number): Promise<void> {
  const withBuyers = recount.bookingsUpTo !== NIL;
  await walkLedger(run, { after: recount.ledgerSeq, upTo, withBuyers }, async (rows) => {
    addProblems(run, sumLedger(recount.ledgerSums, run.eventId, rows));
    for (const row of rows) rollEntry(recount, row);
  });
  recount.ledgerSeq = Math.max(recount.ledgerSeq, upTo);
}

function rollEntry(recount: Recount, row: LedgerRow): void {
  const { bookingId, ticketTypeId, buyerKey } = row;
  if (bookingId === null || ticketTypeId === null) return;
  const quantity = row.held + row.sold;
  if (bookingId <= recount.bookingsUpTo) {
    addChange(recount.bookingSums, ticketTypeId, row);
    if (buyerKey !== null) recount.tally.addBooked(buyerKey, ticketTypeId, quantity);
  }
  if (buyerKey !== null && buyerKey + ticketTypeId <= recount.buyerTotalsUpTo) recount.tally.addTotal(buyerKey, ticketTypeId, quantity);
}

async function countBookingPage(run: AuditRun, recount: Recount): Promise<void> {
  const page = await readBookingPage(run.reader, { eventId: run.eventId, afterId: recount.bookingsUpTo, limit: run.pageMax });
  await rollForward(run, recount, page.headSeq);
  for (const booking of page.bookings) {
    addProblems(run, checkBooking(booking));
    countBooking(recount, booking);
  }
  run.bookingsChecked += page.bookings.length;
  recount.bookingsUpTo = page.bookings.length < run.pageMax ? MAX : page.bookings.at(-1)!.id;
  await run.pause();
}

function countBooking(recount: Recount, booking: AuditedBooking): void {
  if (!Object.hasOwn(BOOKING_STATES, booking.state)) return;
  for (const [ticketTypeId, quantity] of booking.lines) {
    const change = changeBetween(null, booking.state as BookingState, quantity);
    addChange(recount.bookingSums, ticketTypeId, change);
    recount.tally.addBooked(booking.buyerKey, ticketTypeId, change.held + change.sold);
  }
}

async function countBuyerTotalPage(run: AuditRun, recount: Recount): Promise<void> {
  const page = await readBuyerTotalPage(run.reader, {
    eventId: run.eventId,
    afterBuyerKey: recount.buyerTotalsUpTo.slice(0, NIL.length),
    afterTicketTypeId: recount.buyerTotalsUpTo.slice(NIL.length),
    limit: run.pageMax,
  });
  await rollForward(run, recount, page.headSeq);
  for (const total of page.totals) recount.tally.addTotal(total.buyerKey, total.ticketTypeId, total.quantity);
  recount.buyerTotalsUpTo = page.totals.length < run.pageMax ? MAX + MAX : keyOf(page.totals.at(-1)!);
  await run.pause();
}

function keyOf(total: BuyerTotalRow): string {
  return total.buyerKey + total.ticketTypeId;
}

function addChange(sums: Map<string, StockChange>, id: string, change: StockChange): void {
  const sum = sums.get(id) ?? { held: 0, sold: 0 };
  sum.held += change.held;
  sum.sold += change.sold;
  sums.set(id, sum);
}
