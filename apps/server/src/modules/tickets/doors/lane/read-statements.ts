import type { Statement } from '../../../../platform/db/index.ts';

/**
 * What a batch of scans reads once it has the head's lock, all by full primary keys. The rows of a table come for each key of
 * the batch, one after the other: `offset 0` keeps the planner from turning the join around while a table is small.
 */
const ms = (column: string): string => `(extract(epoch from ${column}) * 1000)::float8`;

const each = (table: string, condition: string): string =>
  `lateral (select * from tickets.${table} where event_id = $1 and ${condition} offset 0)`;

const TICKET_COLUMNS = `t.booking_id, t.number, t.ticket_type_id, t.buyer_key, t.resale_at is not null, t.secret, t.issue, t.revoked_reason, ${ms('t.revoked_at')},
    t.admitted_scan, t.admitted_gate, t.admitted_by, ${ms('t.admitted_at')}, ${ms('t.left_at')}`;

const CHECK_IN_COLUMNS = `c.scan_id, c.fingerprint, c.booking_id, c.number, c.ticket_type_id, c.gate_id, c.direction, c.device, c.by,
    c.is_offline, c.is_by_hand, ${ms('c.scanned_at')}, ${ms('c.device_at')}, ${ms('c.received_at')}, c.outcome, c.detail::text, c.standing,
    ${ms('c.undone_at')}, c.undone_by, c.undone_reason`;

export const READ_GATES: Statement = {
  name: 'doors_gates',
  text: `select g.id, g.name, g.ticket_type_ids::text[], g.state, ${ms('g.opens_at')}, ${ms('g.closes_at')}
    from unnest($2::uuid[]) as k (id), ${each('gates', 'id = k.id')} g`,
};

export const READ_TICKETS: Statement = {
  name: 'doors_tickets',
  text: `select ${TICKET_COLUMNS} from unnest($2::uuid[], $3::int[]) as k (booking_id, number),
    ${each('tickets', 'booking_id = k.booking_id and number = k.number')} t`,
};

export const READ_CHECK_INS: Statement = {
  name: 'doors_check_ins',
  text: `select ${CHECK_IN_COLUMNS} from unnest($2::uuid[]) as k (scan_id), ${each('check_ins', 'scan_id = k.scan_id')} c`,
};

/** The admissions whose place an earlier scan may take. */
export const READ_ADMISSIONS: Statement = {
  name: 'doors_admissions',
  text: `select ${CHECK_IN_COLUMNS} from unnest($2::uuid[], $3::int[]) as k (booking_id, number),
    ${each('tickets', 'booking_id = k.booking_id and number = k.number')} t, ${each('check_ins', 'scan_id = t.admitted_scan')} c`,
};

/** The tickets of the scans that are to be undone. */
export const READ_TICKETS_OF_SCANS: Statement = {
  name: 'doors_tickets_of_scans',
  text: `select ${TICKET_COLUMNS} from unnest($2::uuid[]) as k (scan_id), ${each('check_ins', 'scan_id = k.scan_id')} c,
    ${each('tickets', 'booking_id = c.booking_id and number = c.number')} t`,
};

/** Scans outside the lane: those of one event that stand as `$2`, the latest first, before a place in that order. */
export const READ_NOTED_TEXT = `select ${CHECK_IN_COLUMNS} from tickets.check_ins c
    where c.standing = $2 and c.standing in ('double', 'undone') and c.event_id = $1
      and ($3::float8 is null or (c.received_at, c.scan_id) < (to_timestamp($3::float8 / 1000), $4::uuid))
    order by c.received_at desc, c.scan_id desc limit $5`;
