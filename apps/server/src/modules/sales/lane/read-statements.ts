import type { Statement } from '../../../platform/db/index.ts';
import { each, ms } from './sql-text.ts';

/**
 * The statements of the first round trip. The head is locked alone; everything is read by later statements, because
 * the locking statement sees the snapshot from before its wait. `for no key update`, because `for update` would block
 * inserts that refer to the row. All rows are found by full primary keys or their leading columns.
 */
export const LOCK_HEAD: Statement = {
  name: 'lane_lock_head',
  text: 'select 1 from sales.heads where event_id = $1 for no key update',
};

/** `clock_timestamp()` is the batch's time: taken after the lock was granted, a time of the locking statement would be stale. */
const HEAD_COLUMNS = `floor(${ms('clock_timestamp()')}), currency, state, hold_length_ms, ${ms('sales_start_at')}, ${ms('sales_end_at')},
    booking_max, buyer_max, pricing::text, ${ms('publish_at')}, ${ms('ends_at')}, fact_seq::float8, ledger_seq::float8,
    transfer_seq::float8, resale`;

export const READ_HEAD: Statement = {
  name: 'lane_head',
  text: `select ${HEAD_COLUMNS} from sales.heads where event_id = $1`,
};

export const READ_TICKET_TYPES: Statement = {
  name: 'lane_ticket_types',
  text: `select id, capacity, held, sold, set_aside, state, position, price_minor::float8, ${ms('sales_start_at')}, ${ms('sales_end_at')},
    booking_min, booking_max, buyer_max, access_code, rules::text, offered, taken
    from sales.ticket_types where event_id = $1`,
};

export const READ_QUOTAS: Statement = {
  name: 'lane_quotas',
  text: `select id, capacity, held, sold, set_aside,
    (select string_agg(m.ticket_type_id::text, ',' order by m.ticket_type_id)
      from sales.quota_ticket_types m where m.event_id = $1 and m.quota_id = q.id)
    from sales.quotas q where event_id = $1`,
};

export const READ_BUYER_TOTALS: Statement = {
  name: 'lane_buyer_totals',
  text: `select t.buyer_key, t.ticket_type_id, t.quantity from unnest($2::uuid[]) as k (buyer_key), ${each('buyer_totals', 'buyer_key = k.buyer_key')} t`,
};

/** The totals of buyers who are known only by a booking: a late payment must keep to their limits. */
export const READ_PAYER_TOTALS: Statement = {
  name: 'lane_payer_totals',
  text: `select t.buyer_key, t.ticket_type_id, t.quantity
    from unnest($2::uuid[]) as k (id), ${each('bookings', 'id = k.id')} b, ${each('buyer_totals', 'buyer_key = b.buyer_key')} t`,
};

/** Lines travel as `type:quantity:price,…`: a tenth of the cost of JSON. */
const BOOKING_COLUMNS = `b.id, b.buyer_key, b.fingerprint, b.state, b.quantity, b.total_minor::float8, b.currency, ${ms('b.held_at')},
    ${ms('b.expires_at')}, b.extended, ${ms('b.confirmed_at')}, ${ms('b.closed_at')}, b.ledger_seq::float8,
    (select string_agg(l.ticket_type_id || ':' || l.quantity || ':' || l.unit_price_minor, ',')
      from unnest(b.line_ticket_type_ids, b.line_quantities, b.line_unit_prices_minor) as l (ticket_type_id, quantity, unit_price_minor)),
    b.promo_code, b.extra_minor::float8, b.charges::text, b.payment_ref, b.tender, b.paid_minor::float8, b.refunded_minor::float8,
    b.refunded_extra_minor::float8, b.disputed_minor::float8, b.dispute, array_to_string(b.returned, ','), b.resale_due_minor::float8,
    array_to_string(b.offered, ','), array_to_string(b.offer_seqs, ',')`;

export const READ_BOOKINGS: Statement = {
  name: 'lane_bookings',
  text: `select ${BOOKING_COLUMNS} from unnest($2::uuid[]) as k (id), ${each('bookings', 'id = k.id')} b`,
};

/**
 * Of each ticket type the first offers, with the bookings that they are of: as many as are sold at most when the bookings named, and what is
 * placed and sold at once, are confirmed. What is held takes those that holds wait for; what has expired, or will in this batch, and
 * what is placed now ($3) may take others; and those that the batch may end ($4: of bookings) are not there to be sold. Where nothing is
 * offered nothing of that is looked up.
 */
export const READ_OFFERS: Statement = {
  name: 'lane_offers',
  text: `select o.ticket_type_id, o.seq::float8, o.number, ${BOOKING_COLUMNS}
    from sales.ticket_types t,
      lateral (select * from sales.offers where event_id = $1 and ticket_type_id = t.id order by seq
        limit case when t.offered = 0 then 0 else least(t.offered, t.taken + $3::int
          + (select coalesce(sum(p.quantity) filter (where p.state = 'expired' or p.expires_at <= statement_timestamp()), 0)
            from unnest($2::uuid[]) as k (id), ${each('bookings', 'id = k.id')} p)
          + (select coalesce(sum(cardinality(p.offered)), 0)
            from unnest($4::uuid[]) as k (id), ${each('bookings', 'id = k.id')} p)) end) o,
      ${each('bookings', 'id = o.booking_id')} b
    where t.event_id = $1`,
};

/**
 * What is due, above the head's mark. The mark keeps the scan short: the index of due bookings begins with the time
 * and still holds the dead entries of all that was held before.
 */
export const READ_DUE: Statement = {
  name: 'lane_due',
  text: `select ${BOOKING_COLUMNS} from sales.bookings b
    where b.state in ('held', 'awaiting_payment') and b.event_id = $1 and b.expires_at <= statement_timestamp()
      and b.expires_at > (select h.expired_until from sales.heads h where h.event_id = $1)
    order by b.expires_at, b.id limit $2`,
};

/** The same without the mark, for what a clock set back may have left behind it. */
export const READ_EVERY_DUE: Statement = {
  name: 'lane_every_due',
  text: `select ${BOOKING_COLUMNS} from sales.bookings b
    where b.state in ('held', 'awaiting_payment') and b.event_id = $1 and b.expires_at <= statement_timestamp()
    order by b.expires_at, b.id limit $2`,
};

export const READ_COMMANDS: Statement = {
  name: 'lane_commands',
  text: `select c.command_id, c.fingerprint, c.kind, c.subject_id
    from unnest($2::uuid[]) as k (command_id), ${each('ledger_commands', 'command_id = k.command_id')} c`,
};

/** Some bookings of one event outside the lane. */
export const READ_SOME_BOOKINGS_TEXT = `select floor(${ms('statement_timestamp()')}), ${BOOKING_COLUMNS}
    from unnest($2::uuid[]) as k (id), ${each('bookings', 'id = k.id')} b`;

/** The same as the reads above, outside the lane, for some events in one snapshot. */
export const READ_SALES_TEXT = `select event_id, content_version::float8, availability_version::float8,
    (select json_agg(json_build_array(id, capacity, held, sold, set_aside, state, position, price_minor, ${ms('sales_start_at')},
        ${ms('sales_end_at')}, booking_min, booking_max, buyer_max, access_code, rules::text, offered, taken))
      from sales.ticket_types t where t.event_id = h.event_id),
    (select json_agg(json_build_array(id, capacity, held, sold, set_aside,
        (select string_agg(m.ticket_type_id::text, ',' order by m.ticket_type_id)
          from sales.quota_ticket_types m where m.event_id = h.event_id and m.quota_id = q.id)))
      from sales.quotas q where q.event_id = h.event_id),
    ${HEAD_COLUMNS}
    from sales.heads h where event_id = any($1::uuid[])`;
