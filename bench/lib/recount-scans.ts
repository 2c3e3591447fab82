import type { Db } from '../../apps/server/src/platform/db/index.ts';
import type { DoorEvent } from './hot-event.ts';
import { Unmeasured } from './unmeasured.ts';

/** Every answer is an admission that PostgreSQL holds, of a ticket of its own, with its fact and in the counters. */
export async function recountScans(db: Db, { eventId }: DoorEvent, answered: number): Promise<void> {
  const [counts] = await db.query<Record<string, number>>(
    `select (select count(*) from tickets.check_ins where event_id = $1 and standing = 'admitted')::int as scans,
            (select count(*) from tickets.tickets where event_id = $1 and admitted_scan is not null)::int as tickets,
            (select sum(admitted) from tickets.gate_counts where event_id = $1)::int as counter,
            (select count(*) from facts.facts where event_id = $1 and type = 'ticket.checked_in')::int as facts`,
    [eventId],
  );
  const wrong = Object.entries(counts ?? {}).find(([, count]) => count !== answered);
  if (wrong) throw new Unmeasured(`${answered} scans were answered, but PostgreSQL holds ${JSON.stringify(counts)}.`);
}
