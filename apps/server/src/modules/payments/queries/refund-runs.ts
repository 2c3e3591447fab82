import type { Queryable, Tx } from '../../../platform/db/index.ts';
import type { RefundRun, RunCounts, RunState, RunTerms } from '../runs/refund-run.ts';

const COLUMNS = `r.event_id as "eventId", r.id, r.state, r.choice, r.by_default as "byDefault",
  (extract(epoch from r.decide_until) * 1000)::float8 as "decideUntilMs", r.keep_fees as "keepFees", r.restock, r.cursor::float8 as cursor,
  r.created_by as "createdBy", r.created_at as "createdAt", r.finished_at as "finishedAt"`;

export type NewRun = { eventId: string; id: string; fingerprint: string; terms: RunTerms; createdBy: string };

/** False if there is such a run already, or another one of the event is under way. */
export async function insertRun(on: Queryable, { eventId, id, fingerprint, terms, createdBy }: NewRun): Promise<boolean> {
  const { choice, byDefault, decideUntilMs, keepFees, restock } = terms;
  const rows = await on.query(
    `insert into payments.refund_runs (event_id, id, fingerprint, state, choice, by_default, decide_until, keep_fees, restock, created_by, created_at)
     values ($1, $2, $3, 'gathering', $4, $5, to_timestamp($6::float8 / 1000), $7, $8, $9, statement_timestamp())
     on conflict do nothing returning 1`,
    [eventId, id, fingerprint, choice, byDefault, decideUntilMs, keepFees, restock, createdBy],
  );
  return rows.length > 0;
}

export async function readRun(on: Queryable, eventId: string, id: string): Promise<(RefundRun & { fingerprint: string }) | null> {
  const [row] = await on.query<RefundRun & { fingerprint: string }>(
    `select ${COLUMNS}, r.fingerprint from payments.refund_runs r where r.event_id = $1 and r.id = $2`,
    [eventId, id],
  );
  return row ?? null;
}

const RUNS_SHOWN = 100;

/** The runs of an event, the last first. */
export function readRuns(on: Queryable, eventId: string): Promise<RefundRun[]> {
  return on.query<RefundRun>(
    `select ${COLUMNS} from payments.refund_runs r where r.event_id = $1 order by r.created_at desc, r.id limit ${RUNS_SHOWN}`,
    [eventId],
  );
}

/** Takes a run that nobody has, for a while; null if there is none. `isOver`: the time to choose is over, and so is every statement that was begun within it. */
export async function takeRun(on: Queryable, leaseMs: number): Promise<(RefundRun & { isOver: boolean }) | null> {
  const [row] = await on.query<RefundRun & { isOver: boolean }>(
    `with due as materialized (
       select event_id, id from payments.refund_runs where state <> 'done' and lease_until <= statement_timestamp()
       order by lease_until limit 1 for update skip locked)
     update payments.refund_runs r set lease_until = statement_timestamp() + $1::float8 * interval '1 ms'
     from due where r.event_id = due.event_id and r.id = due.id
     returning ${COLUMNS}, coalesce(r.decide_until + interval '6 seconds' <= statement_timestamp(), true) as "isOver"`,
    [leaseMs],
  );
  return row ?? null;
}

/** Keeps a run, or lets it go, for so long. */
export async function holdRun(on: Queryable, { eventId, id }: RefundRun, forMs: number): Promise<void> {
  await on.query(
    `update payments.refund_runs set lease_until = statement_timestamp() + $3::float8 * interval '1 ms' where event_id = $1 and id = $2`,
    [eventId, id, forMs],
  );
}

/** Goes on to the next state, if it is still in the one before. */
export async function moveRun(on: Queryable, { eventId, id, state }: RefundRun, to: RunState): Promise<void> {
  await on.query(
    `update payments.refund_runs set state = $4, finished_at = case $4 when 'done' then statement_timestamp() end
     where event_id = $1 and id = $2 and state = $3`,
    [eventId, id, state, to],
  );
}

/** Moves the cursor on, if nobody else has; in the transaction of what was gathered up to it. */
export async function moveCursor(tx: Tx, { eventId, id, cursor }: RefundRun, to: number): Promise<boolean> {
  const rows = await tx.query(
    `update payments.refund_runs set cursor = $4 where event_id = $1 and id = $2 and cursor = $3 and state = 'gathering' returning 1`,
    [eventId, id, cursor, to],
  );
  return rows.length > 0;
}

export async function countRunBookings(on: Queryable, eventId: string, runId: string): Promise<RunCounts> {
  const rows = await on.query<{ state: keyof RunCounts; count: number }>(
    'select state, count(*)::int as count from payments.refund_run_bookings where event_id = $1 and run_id = $2 group by state',
    [eventId, runId],
  );
  return { asked: 0, kept: 0, pending: 0, refunded: 0, failed: 0, ...Object.fromEntries(rows.map(({ state, count }) => [state, count])) };
}
