import type { Db, Tx } from '../../platform/db/index.ts';
import { insertFacts, type Fact } from '../../platform/facts/index.ts';

/** What is done under the head: what came of it, and the facts that tell of it. `nowMs` is the clock of PostgreSQL. */
export type HeadWork<Result> = (tx: Tx, nowMs: number) => Promise<{ result: Result; facts: readonly Fact[] }>;

/** Waiting that long for the head, a request is told to come again. */
const WAIT_MAX_MS = 2_000;

/**
 * Runs `work` in a short transaction that has the event's head, for what other modules write outside the lanes: it is ordered with
 * every batch of the event, and its facts are numbered with theirs. Null if there is no such event. Throws what PostgreSQL says
 * if the head is not to be had soon.
 */
export async function underHead<Result>(db: Db, eventId: string, work: HeadWork<Result>): Promise<Result | null> {
  return db.transaction(async (tx) => {
    await tx.query(`set local lock_timeout = ${WAIT_MAX_MS}`);
    const heads = await tx.query('select 1 from sales.heads where event_id = $1 for no key update', [eventId]);
    if (heads.length === 0) return null;
    // A statement of its own: the locking one sees the snapshot, and the time, from before its wait.
    const [head] = await tx.query<{ factSeq: number; nowMs: number }>(
      `select fact_seq::float8 as "factSeq", floor(extract(epoch from clock_timestamp()) * 1000)::float8 as "nowMs"
       from sales.heads where event_id = $1`,
      [eventId],
    );
    const { factSeq, nowMs } = head!;
    const { result, facts } = await work(tx, nowMs);
    if (facts.length > 0) await addFacts(tx, { eventId, seq: factSeq, atMs: nowMs, facts });
    return result;
  });
}

async function addFacts(tx: Tx, batch: Parameters<typeof insertFacts>[0]): Promise<void> {
  await tx.query('update sales.heads set fact_seq = fact_seq + $2 where event_id = $1', [batch.eventId, batch.facts.length]);
  const { statement, values } = insertFacts(batch);
  await tx.query(statement.text, values);
}
