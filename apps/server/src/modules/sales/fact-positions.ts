import type { Queryable } from '../../platform/db/index.ts';

/** How far the facts of an event go. */
export type FactPosition = { eventId: string; factSeq: number };

const FIRST = '00000000-0000-0000-0000-000000000000';

/** The events after `afterEventId` (null: from the first on) by id, each with the number of its last fact. Takes no lock. */
export async function readFactPositions(
  on: Queryable,
  { afterEventId, limit }: { afterEventId: string | null; limit: number },
): Promise<FactPosition[]> {
  return on.query<FactPosition>(
    `select event_id as "eventId", fact_seq::float8 as "factSeq" from sales.heads where event_id > $1 order by event_id limit $2`,
    [afterEventId ?? FIRST, limit],
  );
}
