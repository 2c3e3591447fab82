import type { Db } from '../../../platform/db/index.ts';
import { readBookings, type Sales } from '../../sales/index.ts';
import { addUp, emptyPayout, type Payout, type Sum } from './add-up-payout.ts';

export type Period = { fromMs: number | null; untilMs: number | null };
type Reading = { db: Db; sales: Sales };

/** Some ten milliseconds each. */
const TRANSFERS_PAGE = 20_000;
const BOOKINGS_PAGE = 1_000;
const FIRST = '00000000-0000-0000-0000-000000000000';

const IN_PERIOD = `at >= coalesce(to_timestamp($2::float8 / 1000), '-infinity') and at < coalesce(to_timestamp($3::float8 / 1000), 'infinity')`;

/** What an event's money did in a period, by currency; from the beginning and without an end it is what the balances say. */
export async function readPayouts(reading: Reading, eventId: string, period: Period): Promise<Payout[]> {
  const payouts = new Map<string, Payout>();
  const payoutOf = (currency: string): Payout => {
    const payout = payouts.get(currency) ?? emptyPayout(currency);
    payouts.set(currency, payout);
    return payout;
  };
  for await (const sum of readSums(reading.db, eventId, period)) addUp(payoutOf(sum.currency), sum);
  if (payouts.size > 0) {
    for await (const { currency, discountMinor } of readDiscounts(reading, eventId, period))
      payoutOf(currency).discountsMinor += discountMinor;
  }
  return [...payouts.values()].sort((a, b) => (a.currency < b.currency ? -1 : 1));
}

/** Transfers added up by pages of their numbers. */
async function* readSums(db: Db, eventId: string, { fromMs, untilMs }: Period): AsyncGenerator<Sum> {
  const [last] = await db.query<{ seq: number }>(
    'select coalesce(max(seq), 0)::float8 as seq from payments.transfers where event_id = $1',
    [eventId],
  );
  for (let after = 0; after < (last?.seq ?? 0); after += TRANSFERS_PAGE) {
    yield* await db.query<Sum>(
      `select kind, debit, credit, currency, sum(amount_minor)::float8 as "amountMinor" from payments.transfers
       where event_id = $1 and ${IN_PERIOD} and seq > $4 and seq <= $4::bigint + $5::bigint group by kind, debit, credit, currency`,
      [eventId, fromMs, untilMs, after, TRANSFERS_PAGE],
    );
  }
}

/** What codes took off the bookings that were paid in the period: bookings say so themselves. */
async function* readDiscounts({ db, sales }: Reading, eventId: string, { fromMs, untilMs }: Period) {
  for (let after = FIRST; ; ) {
    const rows = await db.query<{ id: string }>(
      `select booking_id as id from payments.transfers where event_id = $1 and ${IN_PERIOD} and kind = 'payment' and booking_id > $4
       group by booking_id order by booking_id limit $5`,
      [eventId, fromMs, untilMs, after, BOOKINGS_PAGE],
    );
    const { bookings } = await readBookings(sales, { eventId, bookingIds: rows.map(({ id }) => id) });
    for (const { currency, charges } of bookings) {
      if (charges !== null && charges.discountMinor > 0) yield { currency, discountMinor: charges.discountMinor };
    }
    const last = rows.at(-1);
    if (!last || rows.length < BOOKINGS_PAGE) return;
    after = last.id;
  }
}
