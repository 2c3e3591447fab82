import type { Queryable } from '../db/index.ts';

/** A lane's statement that is that old is stuck: its batch takes milliseconds. */
export const STALLED_MS = 1_000;

/**
 * Ends lane transactions whose server has been stopped in the middle of a round trip: half of what it sends has come, or
 * it does not read what PostgreSQL answers, with more to read than its socket holds. PostgreSQL's own timeouts do not see
 * them, since a session in mid-trip counts as active, and the head would stay locked for as long as the server stays
 * stopped. Answers how many.
 */
export async function endStalled(db: Queryable): Promise<number> {
  const rows = await db.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'tessera-lane' and datname = current_database() and usename = current_user
        and state = 'active' and wait_event in ('ClientRead', 'ClientWrite') and xact_start is not null
        and clock_timestamp() - query_start > $1::float8 * interval '1 ms'`,
    [STALLED_MS],
  );
  return rows.length;
}
