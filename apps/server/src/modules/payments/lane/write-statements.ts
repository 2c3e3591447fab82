import type { Statement } from '../../../platform/db/index.ts';

/** What a batch of the sale writes of its money: rows by `unnest`, balances by deltas. */
export const INSERT_TRANSFERS: Statement = {
  name: 'lane_insert_transfers',
  text: `insert into payments.transfers (event_id, seq, at, kind, booking_id, debit, credit, amount_minor, currency)
    select $1, $2::bigint + n, to_timestamp($3::float8 / 1000), kind, booking_id, debit, credit, amount_minor, currency
    from unnest($4::text[], $5::uuid[], $6::text[], $7::text[], $8::bigint[], $9::text[]) with ordinality
      as t (kind, booking_id, debit, credit, amount_minor, currency, n)`,
};

/** A handful of rows, whatever the batch: which of them exist is not known here, so it is an upsert. */
export const MOVE_BALANCES: Statement = {
  name: 'lane_move_balances',
  text: `insert into payments.balances as b (event_id, account, currency, debit_minor, credit_minor)
    select $1, account, currency, debit_minor, credit_minor
    from unnest($2::text[], $3::text[], $4::bigint[], $5::bigint[]) as d (account, currency, debit_minor, credit_minor)
    on conflict (event_id, account, currency)
    do update set debit_minor = b.debit_minor + excluded.debit_minor, credit_minor = b.credit_minor + excluded.credit_minor`,
};

export const INSERT_OWED: Statement = {
  name: 'lane_insert_owed',
  text: `insert into payments.owed (event_id, id, kind, booking_id, payment_ref, amount_minor, currency, reason, created_at, next_try_at)
    select $1, id, kind, booking_id, payment_ref, amount_minor, currency, reason, to_timestamp($2::float8 / 1000), to_timestamp($2::float8 / 1000)
    from unnest($3::uuid[], $4::text[], $5::uuid[], $6::text[], $7::bigint[], $8::text[], $9::text[])
      as o (id, kind, booking_id, payment_ref, amount_minor, currency, reason)`,
};

/**
 * What is done stays done, whatever is said later. Compared with the event's id of the batch and not with $1, rows can only be
 * found one by one, by their full key; `offset 0` keeps the planner from seeing through it.
 */
export const SETTLE_OWED: Statement = {
  name: 'lane_settle_owed',
  text: `update payments.owed o
    set done_at = case when s.is_done then coalesce(o.done_at, to_timestamp($2::float8 / 1000)) else o.done_at end,
      failed_at = case when not s.is_done and o.done_at is null then coalesce(o.failed_at, to_timestamp($2::float8 / 1000)) end
    from (select $1::uuid as event_id, u.* from unnest($3::uuid[], $4::bool[]) as u (id, is_done) offset 0) s
    where o.event_id = s.event_id and o.id = s.id`,
};
