import type { Queryable } from '../../../platform/db/index.ts';

/** A lane's transaction that old is stuck: its batch takes milliseconds. */
const STALLED_MS = 2_000;

/**
 * Ends lane transactions whose server does not read what PostgreSQL sends it: one that was stopped in mid-batch, with more
 * to read than its socket holds. PostgreSQL's own timeouts do not see them, since it is PostgreSQL that waits, and the head
 * would stay locked for as long as the server stays stopped. Answers how many.
 */
export async function endStalled(db: Queryable): Promise<number> {
  const rows = await db.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'tessera-lane' and datname = current_database() and usename = current_user
        and wait_event = 'ClientWrite' and clock_timestamp() - xact_start > $1::float8 * interval '1 ms'`,
    [STALLED_MS],
  );
  return rows.length;
}
