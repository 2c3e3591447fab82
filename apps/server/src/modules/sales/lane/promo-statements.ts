import type { Statement } from '../../../platform/db/index.ts';
import { batchOf, each, ms, timeOf } from './sql-text.ts';

/** Reading and writing promo codes in a lane: only what the batch's commands name, by full keys. */
const PROMO_COLUMNS = `p.code, p.state, p.kind, p.value::float8, array_to_string(p.ticket_type_ids, ','), ${ms('p.starts_at')}, ${ms('p.ends_at')},
    p.uses_max, p.buyer_uses_max, p.used`;

export const READ_PROMO_CODES: Statement = {
  name: 'lane_promo_codes',
  text: `select ${PROMO_COLUMNS} from unnest($2::text[]) as k (code), ${each('promo_codes', 'code = k.code')} p`,
};

export const READ_PROMO_USES: Statement = {
  name: 'lane_promo_uses',
  text: `select u.buyer_key, u.code, u.uses
    from unnest($2::uuid[], $3::text[]) as k (buyer_key, code), ${each('promo_uses', 'buyer_key = k.buyer_key and code = k.code')} u`,
};

/** The codes of bookings that are perhaps paid late: whether they can still be used. */
export const READ_PAYER_PROMO_CODES: Statement = {
  name: 'lane_payer_promo_codes',
  text: `select ${PROMO_COLUMNS}
    from unnest($2::uuid[]) as k (id), ${each('bookings', 'id = k.id')} b, ${each('promo_codes', 'code = b.promo_code')} p`,
};

export const READ_PAYER_PROMO_USES: Statement = {
  name: 'lane_payer_promo_uses',
  text: `select u.buyer_key, u.code, u.uses
    from unnest($2::uuid[]) as k (id), ${each('bookings', 'id = k.id')} b,
      ${each('promo_uses', 'buyer_key = b.buyer_key and code = b.promo_code')} u`,
};

export const INSERT_PROMO_CODE: Statement = {
  name: 'lane_insert_promo_code',
  text: `insert into sales.promo_codes (event_id, code, state, kind, value, ticket_type_ids, starts_at, ends_at, uses_max, buyer_uses_max)
    values ($1, $2, $3, $4, $5, $6::uuid[], ${timeOf('$7::float8')}, ${timeOf('$8::float8')}, $9, $10)`,
};

export const CHANGE_PROMO_CODE: Statement = {
  name: 'lane_change_promo_code',
  text: `update sales.promo_codes set state = $3, ticket_type_ids = $4::uuid[], starts_at = ${timeOf('$5::float8')},
      ends_at = ${timeOf('$6::float8')}, uses_max = $7, buyer_uses_max = $8
    where event_id = $1 and code = $2`,
};

export const MOVE_PROMO_CODES: Statement = {
  name: 'lane_move_promo_codes',
  text: `update sales.promo_codes p set used = p.used + d.uses
    from ${batchOf('$2::text[], $3::int[]', 'code, uses')} d
    where p.event_id = d.event_id and p.code = d.code`,
};

export const INSERT_PROMO_USES: Statement = {
  name: 'lane_insert_promo_uses',
  text: `insert into sales.promo_uses (event_id, buyer_key, code, uses)
    select $1, buyer_key, code, uses from unnest($2::uuid[], $3::text[], $4::int[]) as n (buyer_key, code, uses)`,
};

export const MOVE_PROMO_USES: Statement = {
  name: 'lane_move_promo_uses',
  text: `update sales.promo_uses u set uses = u.uses + d.uses
    from ${batchOf('$2::uuid[], $3::text[], $4::int[]', 'buyer_key, code, uses')} d
    where u.event_id = d.event_id and u.buyer_key = d.buyer_key and u.code = d.code`,
};

/** An event's codes outside the lane, a page of them behind a code; and one of them. */
export const LIST_PROMO_CODES_TEXT = `select ${PROMO_COLUMNS} from sales.promo_codes p where event_id = $1 and code > $2 order by code limit $3`;
export const READ_PROMO_CODE_TEXT = `select ${PROMO_COLUMNS} from sales.promo_codes p where event_id = $1 and code = $2`;
