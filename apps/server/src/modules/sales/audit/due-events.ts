import type { Queryable } from '../../../platform/db/index.ts';

/** Whether an audit of an event is due, by the clock of PostgreSQL: those of the servers may differ. */
type AuditAge = { eventId: string; isDue: boolean };

const PAGE_MAX = 200;

/**
 * Due is what was never found clean, or has moved since. A counter changed by hand moves no ledger: quiet events are
 * looked at, too, but seldom.
 */
const PAGE = `
select h.event_id as "eventId",
  c.ledger_seq is distinct from h.ledger_seq or c.checked_at <= statement_timestamp() - interval '1 hour' as "isDue"
from sales.heads h
left join sales.audit_checkpoints c on c.event_id = h.event_id
where h.event_id > $1
order by h.event_id limit ${PAGE_MAX}`;

/** The ids of the events that an audit is due for; several servers share the work by what each has checked. */
export async function* dueEvents(db: Queryable): AsyncGenerator<string> {
  for await (const age of auditAges(db)) if (age.isDue) yield age.eventId;
}

/** The ids of all events that have a sale, in whatever state. */
export async function* auditedEventIds(db: Queryable): AsyncGenerator<string> {
  for await (const age of auditAges(db)) yield age.eventId;
}

async function* auditAges(db: Queryable): AsyncGenerator<AuditAge> {
  let after: string | undefined = '00000000-0000-0000-0000-000000000000';
  while (after !== undefined) {
    const page: AuditAge[] = await db.query<AuditAge>(PAGE, [after]);
    yield* page;
    after = page.length < PAGE_MAX ? undefined : page.at(-1)?.eventId;
  }
}
