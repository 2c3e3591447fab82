import type { Intent } from '../../../../apps/server/src/engines/payments/index.ts';
import type { Stage } from './stage.ts';

export type BookedMoney = {
  id: string;
  state: string;
  quantity: number;
  totalMinor: number;
  paidMinor: number;
  refundedMinor: number;
  disputedMinor: number;
  paymentRef: string | null;
};

export type Books = {
  bookings: readonly BookedMoney[];
  /** How the provider sees each of them; null where it was never asked for it. */
  intents: readonly (Intent | null)[];
  openOwed: number;
  /** Bookings that keep their tickets for a while only. */
  pending: number;
};

/** What PostgreSQL and the provider say of an event at this moment. */
export async function readBooks({ db, provider }: Pick<Stage, 'db' | 'provider'>, eventId: string): Promise<Books> {
  const bookings = await db.query<BookedMoney>(
    `select b.id, b.state, c.quantity::int as quantity, b.total_minor::float8 as "totalMinor", b.paid_minor::float8 as "paidMinor",
       b.refunded_minor::float8 as "refundedMinor", b.disputed_minor::float8 as "disputedMinor", b.payment_ref as "paymentRef"
     from sales.bookings b cross join lateral (select sum(q) as quantity from unnest(b.line_quantities) q) c
     where b.event_id = $1 order by b.id`,
    [eventId],
  );
  const [owed] = await db.query<{ open: number }>(
    'select count(*)::int as open from payments.owed where event_id = $1 and done_at is null and failed_at is null',
    [eventId],
  );
  const intents = await Promise.all(bookings.map(({ paymentRef }) => (paymentRef === null ? null : provider.readIntent(paymentRef))));
  const pending = bookings.filter(({ state }) => state === 'held' || state === 'awaiting_payment').length;
  return { bookings, intents, openOwed: owed?.open ?? 0, pending };
}
