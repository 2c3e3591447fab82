import type { Queryable } from '../../../platform/db/index.ts';
import type { Heads } from '../../../platform/lane/index.ts';
import { LOCK_HEAD } from './read-statements.ts';

const FIND_HEADS_TEXT = 'select event_id from sales.heads where event_id = any($1::uuid[])';

/** The heads of all events, for every lane that writes in them. */
export function buildHeads(db: Queryable): Heads {
  return {
    lock: LOCK_HEAD,
    find: async (eventIds) => (await db.query<{ event_id: string }>(FIND_HEADS_TEXT, [eventIds])).map((row) => row.event_id),
  };
}
