import { addProblems, type AuditRun } from './audit-run.ts';
import type { BuyerTally } from './buyer-tally.ts';
import { checkBooking } from './check-booking.ts';
import { changeBetween, type StockChange } from './ledger-moves.ts';
import { readBookingPage, type AuditedBooking } from './read-bookings.ts';
import type { LedgerRow } from './read-ledger.ts';
import { readBuyerTotalPage, type BuyerTotalRow } from './read-buyer-totals.ts';
import { readBuyerUsePage, readPromoCodePage } from './read-promo-uses.ts';
import { beginUses, countBookingUse, countPage, isCounted, rollUse, type UseCount } from './recount-uses.ts';
import { sumLedger } from './sum-ledger.ts';
import type { StockSums } from './stock-sums.ts';
import { walkLedger } from './walk-ledger.ts';
import { leftByLine } from '../booking-tickets.ts';
import { BOOKING_STATES, stockOf, type BookingState } from '../booking-states.ts';

/** Below and above every UUID. */
const NIL = '00000000-0000-0000-0000-000000000000';
const MAX = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/**
 * A count of bookings, buyers' totals and uses of promo codes that goes on while tickets are sold. It has counted every
 * row up to its cursors, as those rows stood after entry `ledgerSeq` of the ledger. A page is exact as of the moment it was read at;
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
  readonly uses: UseCount;
};

/** What is counted twice for each buyer: tickets by their types, and uses of promo codes by the codes. */
export type Tallies<Tally = BuyerTally> = { tickets: Tally; uses: Tally };

/** Counts all bookings, buyers' totals and uses of an event; `rollForward` brings the result to a later moment. */
export async function recountEvent(run: AuditRun, tallies: Tallies): Promise<Recount> {
  const recount: Recount = {
    ledgerSeq: 0,
    bookingsUpTo: NIL,
    buyerTotalsUpTo: NIL + NIL,
    ledgerSums: new Map(),
    bookingSums: new Map(),
    tally: tallies.tickets,
    uses: beginUses(tallies.uses),
  };
  while (recount.bookingsUpTo !== MAX) await countBookingPage(run, recount);
  while (recount.buyerTotalsUpTo !== MAX + MAX) await countBuyerTotalPage(run, recount);
  while (!isCounted(recount.uses.codesUpTo)) await countPromoCodePage(run, recount);
  while (!isCounted(recount.uses.buyersUpTo)) await countBuyerUsePage(run, recount);
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
  rollUse(recount.uses, row, bookingId <= recount.bookingsUpTo);
  // What waits for an offered place is held, as far as its booking and its buyer know.
  const held = row.held + row.taken;
  const quantity = held + row.sold;
  if (bookingId <= recount.bookingsUpTo) {
    addChange(recount.bookingSums, ticketTypeId, { held, sold: row.sold });
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
  const state = booking.state as BookingState;
  countBookingUse(recount.uses, booking, Number(stockOf(state) !== null));
  const lines = booking.lines.map(([ticketTypeId, quantity]) => ({ ticketTypeId, quantity }));
  const left = leftByLine({ lines, returned: booking.returned });
  for (const [index, { ticketTypeId }] of lines.entries()) {
    const change = changeBetween(null, state, left[index] ?? 0);
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

async function countPromoCodePage(run: AuditRun, recount: Recount): Promise<void> {
  const { eventId, pageMax } = run;
  const page = await readPromoCodePage(run.reader, { eventId, afterCode: recount.uses.codesUpTo, limit: pageMax });
  await rollForward(run, recount, page.headSeq);
  recount.uses.codesUpTo = countPage(recount.uses, page.uses, pageMax);
  await run.pause();
}

async function countBuyerUsePage(run: AuditRun, recount: Recount): Promise<void> {
  const { eventId, pageMax } = run;
  const { buyersUpTo } = recount.uses;
  const [afterBuyerKey, afterCode] = [buyersUpTo.slice(0, NIL.length) || NIL, buyersUpTo.slice(NIL.length)];
  const page = await readBuyerUsePage(run.reader, { eventId, afterBuyerKey, afterCode, limit: pageMax });
  await rollForward(run, recount, page.headSeq);
  recount.uses.buyersUpTo = countPage(recount.uses, page.uses, pageMax);
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
