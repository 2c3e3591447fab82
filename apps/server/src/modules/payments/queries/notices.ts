import type { Queryable } from '../../../platform/db/index.ts';

/** Why something that the provider said could not be used. */
export type NoticeReason =
  | 'unknown_booking'
  | 'unknown_refund'
  | 'other_amount'
  | 'refund_failed'
  | 'void_failed'
  | 'test_and_live'
  | 'not_understood';

export type Notice = {
  eventId: string;
  id: string;
  reason: NoticeReason;
  booking: string | null;
  paymentRef: string;
  amountMinor: number | null;
  currency: string | null;
  detail: string;
};

export type NoticeRow = Notice & { at: Date };

/** Writes it down once: the provider says the same thing many times. */
export async function insertNotice(on: Queryable, notice: Notice): Promise<void> {
  const { eventId, id, reason, booking, paymentRef, amountMinor, currency, detail } = notice;
  await on.query(
    `insert into payments.notices (event_id, id, at, reason, booking, payment_ref, amount_minor, currency, detail)
     values ($1, $2, statement_timestamp(), $3, $4, $5, $6, $7, $8) on conflict do nothing`,
    [eventId, id, reason, booking, paymentRef, amountMinor, currency, detail],
  );
}

/** The last notices of all events, newest first. */
export function readNotices(on: Queryable, limit: number): Promise<NoticeRow[]> {
  return on.query<NoticeRow>(
    `select event_id as "eventId", id, at, reason, booking, payment_ref as "paymentRef", amount_minor::float8 as "amountMinor", currency, detail
     from payments.notices order by at desc, id limit $1`,
    [limit],
  );
}
