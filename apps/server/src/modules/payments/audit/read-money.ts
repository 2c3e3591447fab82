import type { Queryable } from '../../../platform/db/index.ts';
import type { AccountBalance } from './money-report.ts';

/** The accounts of an event, what is owed, and the number of the last transfer, all of one moment. */
export type MoneySnapshot = { lastSeq: number; balances: AccountBalance[]; owed: Map<string, number> };

type SnapshotRow = {
  lastSeq: number;
  balances: [string, string, number, number][] | null;
  owed: [string, number][] | null;
};

/** One statement, and thereby one snapshot: nothing stays open while the transfers are added up. */
export async function readMoneySnapshot(on: Queryable, eventId: string): Promise<MoneySnapshot> {
  const [row] = await on.query<SnapshotRow>(
    `select coalesce((select max(seq) from payments.transfers where event_id = $1), 0)::float8 as "lastSeq",
       (select json_agg(json_build_array(account, currency, debit_minor, credit_minor) order by account, currency)
         from payments.balances where event_id = $1) as balances,
       (select json_agg(json_build_array(currency, amount)) from (select currency, sum(amount_minor) as amount
         from payments.owed where event_id = $1 and kind = 'refund' and done_at is null group by currency) o) as owed`,
    [eventId],
  );
  const balances = (row?.balances ?? []).map(([account, currency, debitMinor, creditMinor]) => ({
    account,
    currency,
    debitMinor,
    creditMinor,
  }));
  return { lastSeq: row?.lastSeq ?? 0, balances, owed: new Map(row?.owed ?? []) };
}

/** A page of transfers added up: how many there are, the last number, and what each account gained and lost. */
export type TransferPage = { count: number; lastSeq: number; sums: AccountBalance[] };

type PageRow = { count: number; lastSeq: number; sums: [string, string, number, number][] | null };

/** Transfers by their numbers, after `after` and up to `upTo`, at most so many. */
export async function sumTransfers(
  on: Queryable,
  { eventId, after, upTo }: { eventId: string; after: number; upTo: number },
): Promise<TransferPage> {
  const [row] = await on.query<PageRow>(
    `with page as materialized (select seq, debit, credit, amount_minor, currency from payments.transfers
       where event_id = $1 and seq > $2 and seq <= $3 order by seq)
     select (select count(*) from page)::int as count, coalesce((select max(seq) from page), 0)::float8 as "lastSeq",
       (select json_agg(json_build_array(account, currency, debit, credit)) from (
         select account, currency, sum(debit) as debit, sum(credit) as credit from (
           select debit as account, currency, amount_minor as debit, 0 as credit from page
           union all select credit, currency, 0, amount_minor from page) sides
         group by account, currency) s) as sums`,
    [eventId, after, upTo],
  );
  const sums = (row?.sums ?? []).map(([account, currency, debitMinor, creditMinor]) => ({ account, currency, debitMinor, creditMinor }));
  return { count: row?.count ?? 0, lastSeq: row?.lastSeq ?? 0, sums };
}

/** What money did for a booking, by kind, currency and account that it left or reached. */
export type BookingSum = {
  bookingId: string;
  kind: string;
  currency: string;
  debit: string;
  credit: string;
  amountMinor: number;
  count: number;
};

export function sumByBooking(on: Queryable, eventId: string, bookingIds: readonly string[]): Promise<BookingSum[]> {
  return on.query<BookingSum>(
    `select t.booking_id as "bookingId", t.kind, t.currency, t.debit, t.credit, sum(t.amount_minor)::float8 as "amountMinor", count(*)::int as count
     from unnest($2::uuid[]) as k (id), lateral (select * from payments.transfers where event_id = $1 and booking_id = k.id offset 0) t
     group by t.booking_id, t.kind, t.currency, t.debit, t.credit`,
    [eventId, bookingIds],
  );
}
