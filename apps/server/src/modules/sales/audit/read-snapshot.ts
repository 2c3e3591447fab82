import type { KeyedReader } from '../keyed-reader.ts';
import type { CountedStock } from './stock-sums.ts';

export type CountedTicketType = CountedStock & { id: string };
/** `offers`: the rows behind the counter; `named`: those of which their bookings know. */
export type OfferingTicketType = CountedTicketType & { offered: number; offers: number; named: number };
export type CountedQuota = CountedStock & { id: string; ticketTypeIds: string[] };

/** The counters of an event after entry `ledgerSeq` of its ledger, and the last checkpoint. */
export type AuditSnapshot = {
  ledgerSeq: number;
  /** Whether the ledger has entries that the head does not know of. */
  hasMore: boolean;
  ticketTypes: OfferingTicketType[];
  quotas: CountedQuota[];
  /** The ledger up to here was verified before; null if it never was. */
  checkpointSeq: number | null;
  checkpointSums: CountedTicketType[];
};

/** All of it in one statement, which sees one moment: the lane changes counters, ledger and head in one transaction. */
const SNAPSHOT = `
select h.ledger_seq::float8 as "ledgerSeq",
  exists (select from sales.ledger l where l.event_id = $1 and l.seq > h.ledger_seq) as "hasMore",
  (select coalesce(json_agg(json_build_object(
      'id', t.id, 'capacity', t.capacity, 'held', t.held, 'sold', t.sold, 'setAside', t.set_aside,
      'taken', t.taken, 'offered', t.offered,
      'offers', o.count, 'named', o.named) order by t.position, t.id), '[]')
    from sales.ticket_types t
      left join lateral (select count(*) as count, count(b.id) as named from sales.offers o
        left join lateral (select * from sales.bookings q where q.event_id = $1 and q.id = o.booking_id limit 1) b on o.number = any(b.offered)
        where o.event_id = $1 and o.ticket_type_id = t.id) o on true
    where t.event_id = $1) as "ticketTypes",
  (select coalesce(json_agg(json_build_object(
      'id', q.id, 'capacity', q.capacity, 'held', q.held, 'sold', q.sold, 'setAside', q.set_aside, 'taken', 0, 'ticketTypeIds',
      (select coalesce(json_agg(m.ticket_type_id), '[]') from sales.quota_ticket_types m where m.event_id = $1 and m.quota_id = q.id)
      ) order by q.id), '[]')
    from sales.quotas q where q.event_id = $1) as "quotas",
  (select c.ledger_seq::float8 from sales.audit_checkpoints c where c.event_id = $1) as "checkpointSeq",
  (select coalesce(json_agg(json_build_object(
      'id', s.subject_id, 'capacity', s.capacity, 'held', s.held, 'sold', s.sold, 'setAside', s.set_aside, 'taken', s.taken)), '[]')
    from sales.audit_sums s where s.event_id = $1) as "checkpointSums"
from sales.heads h where h.event_id = $1`;

/** Null if there is no such event. */
export async function readSnapshot(reader: KeyedReader, eventId: string): Promise<AuditSnapshot | null> {
  const rows = await reader.query<AuditSnapshot>(SNAPSHOT, [eventId]);
  return rows[0] ?? null;
}
