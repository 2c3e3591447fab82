/** Milliseconds since 1970 as a float8, which is exact for them and which `pg` answers as a number. */
export const ms = (column: string): string => `(extract(epoch from ${column}) * 1000)::float8`;

export const timeOf = (milliseconds: string): string => `to_timestamp(${milliseconds} / 1000)`;

/**
 * The rows of a table for each key of the batch, one after the other. With `= any($2)` a plan made while the table was
 * small reads the whole event and filters it (PostgreSQL 15: at 5,000 bookings 5 ms instead of 0.8). `offset 0` keeps the
 * planner from turning the join around.
 */
export function each(table: string, condition: string): string {
  return `lateral (select * from sales.${table} where event_id = $1 and ${condition} offset 0)`;
}

/**
 * The rows of a batch, each with the event's id in it. Compared with that and not with $1, the rows of a table can only
 * be found one by one, by their full key: else an update planned while the table was small reads the whole event and
 * looks each row up in the batch (at 50,000 holds 600 ms). `offset 0` keeps the planner from seeing through it.
 */
export const batchOf = (arrays: string, columns: string): string =>
  `(select $1::uuid as event_id, u.* from unnest(${arrays}) as u (${columns}) offset 0)`;
