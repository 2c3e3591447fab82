import type { Statement } from '../../../../platform/db/index.ts';

const timeOf = (milliseconds: string): string => `to_timestamp(${milliseconds} / 1000)`;

/** The rows of a batch, each with the event's id in it, so that they are looked up one by one by their full key. */
const batchOf = (arrays: string, columns: string): string =>
  `(select $1::uuid as event_id, u.* from unnest(${arrays}) as u (${columns}) offset 0)`;

export const INSERT_CHECK_INS: Statement = {
  name: 'doors_insert_check_ins',
  text: `insert into tickets.check_ins (event_id, received_at, scan_id, fingerprint, booking_id, number, ticket_type_id, gate_id, direction,
      device, by, is_offline, is_by_hand, scanned_at, device_at, outcome, detail, standing, undone_at, undone_by, undone_reason)
    select $1, ${timeOf('$2::float8')}, scan_id, fingerprint, booking_id, number, ticket_type_id, gate_id, direction,
      device, by, is_offline, is_by_hand, ${timeOf('scanned_at_ms')}, ${timeOf('device_at_ms')}, outcome, detail, standing,
      ${timeOf('undone_at_ms')}, undone_by, undone_reason
    from unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::int[], $7::uuid[], $8::uuid[], $9::text[], $10::text[], $11::text[], $12::bool[],
      $13::bool[], $14::float8[], $15::float8[], $16::text[], $17::json[], $18::text[], $19::float8[], $20::text[], $21::text[])
      as n (scan_id, fingerprint, booking_id, number, ticket_type_id, gate_id, direction, device, by, is_offline, is_by_hand, scanned_at_ms,
        device_at_ms, outcome, detail, standing, undone_at_ms, undone_by, undone_reason)`,
};

/** Of a scan that was taken in before, only what it stands as changes. */
export const RESTAND_CHECK_INS: Statement = {
  name: 'doors_restand_check_ins',
  text: `update tickets.check_ins c set standing = s.standing, undone_at = ${timeOf('s.undone_at_ms')}, undone_by = s.undone_by,
      undone_reason = s.undone_reason
    from ${batchOf('$2::uuid[], $3::text[], $4::float8[], $5::text[], $6::text[]', 'scan_id, standing, undone_at_ms, undone_by, undone_reason')} s
    where c.event_id = s.event_id and c.scan_id = s.scan_id`,
};

/** Whoever is let in, or was, offers the ticket no more. */
export const CHANGE_TICKETS: Statement = {
  name: 'doors_change_tickets',
  text: `update tickets.tickets t set admitted_scan = a.scan_id, admitted_gate = a.gate, admitted_by = a.by,
      admitted_at = ${timeOf('a.at_ms')}, left_at = ${timeOf('a.left_at_ms')}, resale_at = null
    from ${batchOf(
      '$2::uuid[], $3::int[], $4::uuid[], $5::text[], $6::text[], $7::float8[], $8::float8[]',
      'booking_id, number, scan_id, gate, by, at_ms, left_at_ms',
    )} a
    where t.event_id = a.event_id and t.booking_id = a.booking_id and t.number = a.number`,
};

/** What is raised, or made. */
export const RAISE_COUNTS: Statement = {
  name: 'doors_raise_counts',
  text: `insert into tickets.gate_counts as g (event_id, gate_id, ticket_type_id, admitted, left_again, doubles, refused)
    select $1, gate_id, ticket_type_id, admitted, left_again, doubles, refused
    from unnest($2::uuid[], $3::uuid[], $4::int[], $5::int[], $6::int[], $7::int[])
      as d (gate_id, ticket_type_id, admitted, left_again, doubles, refused)
    on conflict on constraint gate_counts_pkey do update set admitted = g.admitted + excluded.admitted,
      left_again = g.left_again + excluded.left_again, doubles = g.doubles + excluded.doubles, refused = g.refused + excluded.refused`,
};

/** What is lowered was raised before, so it is there. As rows to insert, lowered ones would break the table's constraint. */
export const LOWER_COUNTS: Statement = {
  name: 'doors_lower_counts',
  text: `update tickets.gate_counts g set admitted = g.admitted + d.admitted, left_again = g.left_again + d.left_again,
      doubles = g.doubles + d.doubles, refused = g.refused + d.refused
    from ${batchOf(
      '$2::uuid[], $3::uuid[], $4::int[], $5::int[], $6::int[], $7::int[]',
      'gate_id, ticket_type_id, admitted, left_again, doubles, refused',
    )} d
    where g.event_id = d.event_id and g.gate_id = d.gate_id and g.ticket_type_id = d.ticket_type_id`,
};
