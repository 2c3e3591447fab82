import type { Db } from '../../../platform/db/index.ts';
import { readFacts } from '../../../platform/facts/index.ts';
import { readBookings, type Booking, type Sales } from '../../sales/index.ts';
import { readPaidBookingIds } from '../queries/transfers.ts';
import { checkBookingMoney, problemOf } from './check-booking-money.ts';
import { find, type Findings, type MoneyProblem } from './money-report.ts';
import { sumByBooking, type BookingSum } from './read-money.ts';

export type BookingsCheck = { db: Db; sales: Sales; eventId: string; findings: Findings; pause(): Promise<void> };

const PAGE = 500;
/** A booking that money moves for while it is looked at is looked at again. */
const TRIES_MAX = 5;

/** Checks every booking that money moved for; answers how many. */
export async function checkPaidBookings(check: BookingsCheck): Promise<number> {
  let checked = 0;
  for (let after: string | null = null; ; ) {
    const ids: string[] = await readPaidBookingIds(check.db, { eventId: check.eventId, after, limit: PAGE });
    await checkPage(check, ids);
    checked += ids.length;
    const last = ids.at(-1);
    if (last === undefined || ids.length < PAGE) return checked;
    after = last;
    await check.pause();
  }
}

/** Checks bookings that were sold for something and that no money moved for: facts tell of them, transfers do not. */
export async function checkSoldBookings(check: BookingsCheck): Promise<void> {
  for (let afterSeq = 0; ; ) {
    const facts = await readFacts(check.db, { eventId: check.eventId, afterSeq, limit: PAGE });
    const sold = facts.filter(({ type, payload }) => type === 'booking.confirmed' && costs(payload)).map(({ subjectId }) => subjectId);
    await checkPage(check, await withoutTransfers(check, [...new Set(sold)]));
    const last = facts.at(-1);
    if (!last || facts.length < PAGE) return;
    afterSeq = last.seq;
    await check.pause();
  }
}

function costs(payload: string): boolean {
  const { total_minor: totalMinor } = JSON.parse(payload) as { total_minor?: unknown };
  return typeof totalMinor === 'number' && totalMinor > 0;
}

async function withoutTransfers({ db, eventId }: BookingsCheck, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const known = new Set((await sumByBooking(db, eventId, ids)).map(({ bookingId }) => bookingId));
  return ids.filter((id) => !known.has(id));
}

/**
 * Transfers and bookings are read by statements of their own. A booking changes in the transaction of its transfers: where these are
 * the same before and after it was read, they belong together.
 */
async function checkPage(check: BookingsCheck, ids: readonly string[]): Promise<void> {
  let open = ids;
  for (let tries = 1; open.length > 0; tries += 1) {
    const before = await sumsOf(check, open);
    const bookings = await bookingsOf(check, open);
    const after = await sumsOf(check, open);
    const settled = open.filter((id) => countOf(before.get(id)) === countOf(after.get(id)) || tries === TRIES_MAX);
    for (const id of settled) find(check.findings, ...checkOne(id, bookings.get(id), after.get(id) ?? []));
    const done = new Set(settled);
    open = open.filter((id) => !done.has(id));
  }
}

function checkOne(id: string, booking: Booking | undefined, sums: readonly BookingSum[]): MoneyProblem[] {
  if (booking) return checkBookingMoney(booking, sums);
  const detail = 'Money moved for a booking that is not there.';
  return [problemOf('booking_missing', id, { expected: 'a booking', found: 'none', detail })];
}

async function sumsOf({ db, eventId }: BookingsCheck, ids: readonly string[]): Promise<Map<string, BookingSum[]>> {
  const byBooking = new Map<string, BookingSum[]>();
  for (const sum of await sumByBooking(db, eventId, ids)) byBooking.set(sum.bookingId, [...(byBooking.get(sum.bookingId) ?? []), sum]);
  return byBooking;
}

async function bookingsOf({ sales, eventId }: BookingsCheck, bookingIds: readonly string[]): Promise<Map<string, Booking>> {
  const { bookings } = await readBookings(sales, { eventId, bookingIds });
  return new Map(bookings.map((booking) => [booking.id, booking]));
}

function countOf(sums: readonly BookingSum[] = []): number {
  return sums.reduce((count, sum) => count + sum.count, 0);
}
