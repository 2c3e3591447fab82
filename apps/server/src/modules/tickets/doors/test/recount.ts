import assert from 'node:assert/strict';
import type { Db } from '../../../../platform/db/index.ts';

/** Statements that answer rows only where a promise of doors is broken; they share no code with the lane. */
const BREACHES: Readonly<Record<string, string>> = {
  'the counters are not what the scans say': `
    select * from (select gate_id, ticket_type_id, admitted, left_again, doubles, refused from tickets.gate_counts
      where event_id = $1 and admitted + left_again + doubles + refused > 0) g
    full join (select coalesce(gate_id, '00000000-0000-0000-0000-000000000000') as gate_id,
        coalesce(ticket_type_id, '00000000-0000-0000-0000-000000000000') as ticket_type_id,
        count(*) filter (where standing = 'admitted') as admitted, count(*) filter (where standing = 'left') as left_again,
        count(*) filter (where standing = 'double') as doubles, count(*) filter (where standing = 'refused') as refused
      from tickets.check_ins where event_id = $1 and standing <> 'undone' group by 1, 2) c using (gate_id, ticket_type_id)
    where (g.admitted, g.left_again, g.doubles, g.refused) is distinct from (c.admitted, c.left_again, c.doubles, c.refused)`,
  'a ticket is not admitted by a scan that stands': `
    select t.* from tickets.tickets t left join tickets.check_ins c on c.event_id = t.event_id and c.scan_id = t.admitted_scan
    where t.event_id = $1 and t.admitted_scan is not null and (c.standing is distinct from 'admitted' or c.scanned_at <> t.admitted_at
      or c.booking_id <> t.booking_id or c.number <> t.number or c.by <> t.admitted_by)`,
  'a ticket was let in twice without having left': `
    select booking_id, number from tickets.check_ins where event_id = $1 and booking_id is not null
    group by 1, 2 having count(*) filter (where standing = 'admitted') - count(*) filter (where standing = 'left') > 1`,
  'the facts have a gap, or the head another number': `
    select * from sales.heads h where event_id = $1
      and (fact_seq <> (select count(*) from facts.facts where event_id = $1) or fact_seq <> (select max(seq) from facts.facts where event_id = $1))`,
  'an admission has no fact': `
    select c.scan_id from tickets.check_ins c where c.event_id = $1 and c.outcome = 'admitted' and 1 <> (
      select count(*) from facts.facts f where f.event_id = $1 and f.type = 'ticket.checked_in' and f.payload ->> 'scan_id' = c.scan_id::text)`,
};

export async function assertDoorsSound(db: Db, eventId: string): Promise<void> {
  for (const [breach, text] of Object.entries(BREACHES)) assert.deepEqual(await db.query(text, [eventId]), [], breach);
}
