import type { Queryable } from '../../../platform/db/index.ts';

/** How far an event's ledger has come, and when it was last found clean; null if it never was. */
export type AuditAge = { eventId: string; ledgerSeq: number; checkpointSeq: number | null; checkedAtMs: number | null };

/** A counter changed by hand moves no ledger: quiet events are looked at, too, but seldom. */
const QUIET_RECHECK_MS = 3_600_000;

const PAGE_MAX = 200;

const PAGE = `
select h.event_id as "eventId", h.ledger_seq::float8 as "ledgerSeq", c.ledger_seq::float8 as "checkpointSeq",
  (extract(epoch from c.checked_at) * 1000)::float8 as "checkedAtMs"
from sales.heads h
left join sales.audit_checkpoints c on c.event_id = h.event_id
where h.event_id > $1
order by h.event_id limit ${PAGE_MAX}`;

/** The ids of the events that an audit is due for; several servers share the work by what each has checked. */
export async function* dueEvents(db: Queryable, nowMs: () => number): AsyncGenerator<string> {
  for await (const age of auditAges(db)) if (isDue(age, nowMs())) yield age.eventId;
}

/** The ids of all events that have a sale, in whatever state. */
export async function* auditedEventIds(db: Queryable): AsyncGenerator<string> {
  for await (const age of auditAges(db)) yield age.eventId;
}

export function isDue(age: AuditAge, nowMs: number): boolean {
  if (age.checkpointSeq === null || age.checkedAtMs === null) return true;
  return age.ledgerSeq !== age.checkpointSeq || nowMs - age.checkedAtMs >= QUIET_RECHECK_MS;
}

async function* auditAges(db: Queryable): AsyncGenerator<AuditAge> {
  let after: string | undefined = '00000000-0000-0000-0000-000000000000';
  while (after !== undefined) {
    const page: AuditAge[] = await db.query<AuditAge>(PAGE, [after]);
    yield* page;
    after = page.length < PAGE_MAX ? undefined : page.at(-1)?.eventId;
  }
}
