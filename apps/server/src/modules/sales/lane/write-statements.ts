import type { Statement } from '../../../platform/db/index.ts';
import { batchOf, timeOf } from './sql-text.ts';

/** The statements of the second round trip: one for each table, counters by deltas, rows by `unnest`. */
export const MOVE_HEAD: Statement = {
  name: 'lane_move_head',
  text: `update sales.heads set fact_seq = fact_seq + $2, ledger_seq = ledger_seq + $3, content_version = content_version + $4,
      availability_version = availability_version + 1, expired_until = coalesce(${timeOf('$5::float8')}, expired_until),
      transfer_seq = transfer_seq + $6
    where event_id = $1`,
};

export const CHANGE_TERMS: Statement = {
  name: 'lane_change_terms',
  text: `update sales.heads set state = $2, hold_length_ms = $3, sales_start_at = ${timeOf('$4::float8')}, sales_end_at = ${timeOf('$5::float8')},
      booking_max = $6, buyer_max = $7, pricing = $8::json, publish_at = ${timeOf('$9::float8')}, ends_at = ${timeOf('$10::float8')},
      next_change_at = ${timeOf('$11::float8')}, resale = $12::int = 1
    where event_id = $1`,
};

export const INSERT_TICKET_TYPE: Statement = {
  name: 'lane_insert_ticket_type',
  text: `insert into sales.ticket_types (event_id, id, state, position, price_minor, capacity, sales_start_at, sales_end_at, booking_min,
      booking_max, buyer_max, access_code, rules)
    values ($1, $2, $3, $4, $5, 0, ${timeOf('$6::float8')}, ${timeOf('$7::float8')}, $8, $9, $10, $11, $12::json)`,
};

export const CHANGE_TICKET_TYPE: Statement = {
  name: 'lane_change_ticket_type',
  text: `update sales.ticket_types set state = $3, position = $4, price_minor = $5, sales_start_at = ${timeOf('$6::float8')},
      sales_end_at = ${timeOf('$7::float8')}, booking_min = $8, booking_max = $9, buyer_max = $10, access_code = $11, rules = $12::json
    where event_id = $1 and id = $2`,
};

const moveStock = (table: string): string => `update sales.${table} s
    set capacity = s.capacity + d.capacity, held = s.held + d.held, sold = s.sold + d.sold, set_aside = s.set_aside + d.set_aside
    from unnest($2::uuid[], $3::int[], $4::int[], $5::int[], $6::int[]) as d (id, capacity, held, sold, set_aside)
    where s.event_id = $1 and s.id = d.id`;

export const MOVE_TICKET_TYPES: Statement = { name: 'lane_move_ticket_types', text: moveStock('ticket_types') };
export const MOVE_QUOTAS: Statement = { name: 'lane_move_quotas', text: moveStock('quotas') };

/** Apart from the rest of a type's counters: most events have nothing offered. */
export const MOVE_OFFERED: Statement = {
  name: 'lane_move_offered',
  text: `update sales.ticket_types t set offered = t.offered + d.offered, taken = t.taken + d.taken
    from unnest($2::uuid[], $3::int[], $4::int[]) as d (id, offered, taken)
    where t.event_id = $1 and t.id = d.id`,
};

export const INSERT_OFFERS: Statement = {
  name: 'lane_insert_offers',
  text: `insert into sales.offers (event_id, ticket_type_id, seq, booking_id, number)
    select $1, ticket_type_id, seq, booking_id, number
    from unnest($2::uuid[], $3::bigint[], $4::uuid[], $5::int[]) as n (ticket_type_id, seq, booking_id, number)`,
};

export const DELETE_OFFERS: Statement = {
  name: 'lane_delete_offers',
  text: `delete from sales.offers o using ${batchOf('$2::uuid[], $3::bigint[]', 'ticket_type_id, seq')} d
    where o.event_id = d.event_id and o.ticket_type_id = d.ticket_type_id and o.seq = d.seq`,
};

export const INSERT_QUOTAS: Statement = {
  name: 'lane_insert_quotas',
  text: 'insert into sales.quotas (event_id, id, capacity) select $1, id, 0 from unnest($2::uuid[]) as n (id)',
};

export const DELETE_MEMBERS: Statement = {
  name: 'lane_delete_members',
  text: 'delete from sales.quota_ticket_types where event_id = $1 and quota_id = any($2::uuid[])',
};

export const INSERT_MEMBERS: Statement = {
  name: 'lane_insert_members',
  text: `insert into sales.quota_ticket_types (event_id, quota_id, ticket_type_id)
    select $1, quota_id, ticket_type_id from unnest($2::uuid[], $3::uuid[]) as n (quota_id, ticket_type_id)`,
};

/**
 * The lines of all bookings travel one after the other; each booking takes its own, from its first to its last. The last
 * five arrays are null where no booking has any of it: `unnest` fills them up.
 */
export const INSERT_BOOKINGS: Statement = {
  name: 'lane_insert_bookings',
  text: `insert into sales.bookings (event_id, id, buyer_key, fingerprint, state, quantity, total_minor, currency, held_at, expires_at,
      confirmed_at, ledger_seq, promo_code, extra_minor, charges, line_ticket_type_ids, line_quantities, line_unit_prices_minor,
      tender, paid_minor)
    select $1, id, buyer_key, fingerprint, state, quantity, total_minor, $2, ${timeOf('$3::float8')}, ${timeOf('$4::float8')},
      case state when 'confirmed' then ${timeOf('$3::float8')} end, ledger_seq,
      promo_code, coalesce(extra_minor, 0), charges,
      ($14::uuid[])[first_line:last_line], ($15::int[])[first_line:last_line], ($16::bigint[])[first_line:last_line],
      tender, coalesce(paid_minor, 0)
    from unnest($5::uuid[], $6::uuid[], $7::uuid[], $8::text[], $9::int[], $10::bigint[], $11::bigint[], $12::int[], $13::int[],
      $17::text[], $18::bigint[], $19::json[], $20::text[], $21::bigint[])
      as n (id, buyer_key, fingerprint, state, quantity, total_minor, ledger_seq, first_line, last_line, promo_code, extra_minor, charges,
        tender, paid_minor)`,
};

/**
 * Of the last arrays nine are null where no booking has anything to do with money, and two where no offer comes or goes; what is null stays as
 * it is: none of it is ever unset, and who offers nothing any more has empty lists.
 */
export const CHANGE_BOOKINGS: Statement = {
  name: 'lane_change_bookings',
  text: `update sales.bookings b set state = c.state, expires_at = ${timeOf('c.expires_at_ms')}, extended = c.extended,
      confirmed_at = ${timeOf('c.confirmed_at_ms')}, closed_at = ${timeOf('c.closed_at_ms')}, ledger_seq = c.ledger_seq,
      payment_ref = coalesce(c.payment_ref, b.payment_ref), tender = coalesce(c.tender, b.tender), paid_minor = coalesce(c.paid_minor, b.paid_minor),
      refunded_minor = coalesce(c.refunded_minor, b.refunded_minor),
      refunded_extra_minor = coalesce(c.refunded_extra_minor, b.refunded_extra_minor),
      disputed_minor = coalesce(c.disputed_minor, b.disputed_minor), dispute = coalesce(c.dispute, b.dispute),
      returned = coalesce(string_to_array(c.returned, ',')::int[], b.returned),
      resale_due_minor = coalesce(c.resale_due_minor, b.resale_due_minor),
      offered = coalesce(string_to_array(c.offered, ',')::int[], b.offered),
      offer_seqs = coalesce(string_to_array(c.offer_seqs, ',')::bigint[], b.offer_seqs)
    from ${batchOf(
      '$2::uuid[], $3::text[], $4::float8[], $5::bool[], $6::float8[], $7::float8[], $8::bigint[], ' +
        '$9::text[], $10::text[], $11::bigint[], $12::bigint[], $13::bigint[], $14::bigint[], $15::text[], $16::text[], ' +
        '$17::bigint[], $18::text[], $19::text[]',
      'id, state, expires_at_ms, extended, confirmed_at_ms, closed_at_ms, ledger_seq, ' +
        'payment_ref, tender, paid_minor, refunded_minor, refunded_extra_minor, disputed_minor, dispute, returned, ' +
        'resale_due_minor, offered, offer_seqs',
    )} c
    where b.event_id = c.event_id and b.id = c.id`,
};

export const INSERT_BUYER_TOTALS: Statement = {
  name: 'lane_insert_buyer_totals',
  text: `insert into sales.buyer_totals (event_id, buyer_key, ticket_type_id, quantity)
    select $1, buyer_key, ticket_type_id, quantity from unnest($2::uuid[], $3::uuid[], $4::int[]) as n (buyer_key, ticket_type_id, quantity)`,
};

export const MOVE_BUYER_TOTALS: Statement = {
  name: 'lane_move_buyer_totals',
  text: `update sales.buyer_totals t set quantity = t.quantity + d.quantity
    from ${batchOf('$2::uuid[], $3::uuid[], $4::int[]', 'buyer_key, ticket_type_id, quantity')} d
    where t.event_id = d.event_id and t.buyer_key = d.buyer_key and t.ticket_type_id = d.ticket_type_id`,
};

export const INSERT_LEDGER: Statement = {
  name: 'lane_insert_ledger',
  text: `insert into sales.ledger (event_id, seq, at, kind, booking_id, ticket_type_id, quota_id, held_delta, sold_delta, set_aside_delta,
      capacity_delta, taken_delta)
    select $1, $2::bigint + n, ${timeOf('$3::float8')}, kind, booking_id, ticket_type_id, quota_id, held, sold, set_aside, capacity, coalesce(taken, 0)
    from unnest($4::text[], $5::uuid[], $6::uuid[], $7::uuid[], $8::int[], $9::int[], $10::int[], $11::int[], $12::int[]) with ordinality
      as l (kind, booking_id, ticket_type_id, quota_id, held, sold, set_aside, capacity, taken, n)`,
};

export const INSERT_COMMANDS: Statement = {
  name: 'lane_insert_commands',
  text: `insert into sales.ledger_commands (event_id, command_id, fingerprint, kind, subject_id, at)
    select $1, command_id, fingerprint, kind, subject_id, ${timeOf('$2::float8')}
    from unnest($3::uuid[], $4::uuid[], $5::text[], $6::uuid[]) as c (command_id, fingerprint, kind, subject_id)`,
};
