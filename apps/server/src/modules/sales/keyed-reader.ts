import type { Db, Queryable } from '../../platform/db/index.ts';

/** Reads for an audit: `query` as on a Db, planned so that they go by primary key. */
export type KeyedReader = Pick<Queryable, 'query'>;

/** No transaction of an audit keeps its snapshot longer; a page takes some ten milliseconds. */
export const STATEMENT_MAX_MS = 1_000;

/**
 * After a rush, and until PostgreSQL has gathered statistics, it believes that an event has some eighty bookings: it
 * would read and sort all of them for every page (of 60,000 bookings, 16 to 24 ms for a page of 1,000, against 1 to 2 ms in the order
 * of the key). These settings leave it the one plan that reads no more than the page.
 */
const BY_KEY = `select set_config(name, 'off', true)
from unnest('{enable_sort,enable_seqscan,enable_bitmapscan,enable_hashjoin,enable_mergejoin,jit}'::text[]) as name
union all select set_config('statement_timeout', '${STATEMENT_MAX_MS}', true)`;

/** Each query runs in a transaction of its own, which ends with it: the settings go with it, and no snapshot stays. */
export function buildKeyedReader(db: Db): KeyedReader {
  return {
    query: (text, values) =>
      db.transaction(async (tx) => {
        await tx.query(BY_KEY);
        return tx.query(text, values);
      }),
  };
}
