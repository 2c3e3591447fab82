import type { Queryable, Tx } from '../../../platform/db/index.ts';

/** Up to which fact each event was followed; events that never were are left out. */
export async function readOffsets(on: Queryable, eventIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await on.query<{ eventId: string; seq: number }>(
    'select event_id as "eventId", seq::float8 as seq from buyers.offsets where event_id = any($1::uuid[])',
    [eventIds],
  );
  return new Map(rows.map(({ eventId, seq }) => [eventId, seq]));
}

/** Makes the rows that are missing, by themselves: nobody who follows an event waits for the transaction of another. */
export async function insertOffsets(on: Queryable, eventIds: readonly string[]): Promise<void> {
  await on.query('insert into buyers.offsets (event_id, seq) select id, 0 from unnest($1::uuid[]) as e (id) on conflict do nothing', [
    eventIds,
  ]);
}

/** The offset of an event until the transaction ends; null while another follower has it. */
export async function lockOffset(tx: Tx, eventId: string): Promise<number | null> {
  const rows = await tx.query<{ seq: number }>('select seq::float8 as seq from buyers.offsets where event_id = $1 for update skip locked', [
    eventId,
  ]);
  return rows[0]?.seq ?? null;
}

export async function moveOffset(tx: Tx, eventId: string, seq: number): Promise<void> {
  await tx.query('update buyers.offsets set seq = $2 where event_id = $1', [eventId, seq]);
}
