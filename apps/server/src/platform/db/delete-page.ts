import type { Tx } from './db.ts';

/** A few milliseconds of deleting: no transaction of a purge comes near the second that is allowed. */
const PAGE_MAX = 2_000;

/**
 * Deletes rows of an event from the first of the tables that has any, a page at most; false if none has. Names of tables are
 * constants of the module that owns them.
 */
export async function deletePage(tx: Tx, tables: readonly string[], eventId: string): Promise<boolean> {
  for (const table of tables) {
    const rows = await tx.query(
      `delete from ${table} where event_id = $1 and ctid = any(array(select ctid from ${table} where event_id = $1 limit ${PAGE_MAX})) returning 1`,
      [eventId],
    );
    if (rows.length > 0) return true;
  }
  return false;
}
