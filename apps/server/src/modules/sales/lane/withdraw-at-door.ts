import { integerArray, uuidArray, type Call, type CallResult, type Statement } from '../../../platform/db/index.ts';
import type { Fact } from '../../../platform/facts/index.ts';
import { ticketFact } from '../decide/facts.ts';
import { each } from './sql-text.ts';

/**
 * For the doors' lane, which writes under the same head: whoever shows an offered ticket at the door goes in, and offers it no more,
 * as long as no hold waits for its place. Ticket types with nothing offered answer no row.
 */
const READ_SPARE: Statement = {
  name: 'lane_spare_offers',
  text: 'select id, offered - taken from sales.ticket_types where event_id = $1 and offered > 0',
};

const WITHDRAWN = 'unnest($2::uuid[], $3::uuid[], $4::int[]) as w (booking_id, ticket_type_id, number)';

const DELETE_OFFERS: Statement = {
  name: 'door_delete_offers',
  text: `delete from sales.offers o
    using (select $1::uuid as event_id, w.ticket_type_id, b.offer_seqs[array_position(b.offered, w.number)] as seq
      from ${WITHDRAWN}, ${each('bookings', 'id = w.booking_id')} b offset 0) d
    where o.event_id = d.event_id and o.ticket_type_id = d.ticket_type_id and o.seq = d.seq`,
};

/** What is not offered lowers nothing: so the statement comes before the bookings forget. */
const LOWER_TYPES: Statement = {
  name: 'door_lower_offered',
  text: `update sales.ticket_types t set offered = t.offered - d.offered
    from (select w.ticket_type_id, count(*)::int as offered
      from ${WITHDRAWN}, ${each('bookings', 'id = w.booking_id')} b where w.number = any(b.offered) group by 1) d
    where t.event_id = $1 and t.id = d.ticket_type_id`,
};

/** Each booking is told its own tickets: one that looked for them among all of the batch's would take their square. */
const FORGET: Statement = {
  name: 'door_forget_offers',
  text: `update sales.bookings b set (offered, offer_seqs) = (
      select coalesce(array_agg(o.number order by o.n) filter (where o.number <> all (d.numbers)), '{}'),
        coalesce(array_agg(o.seq order by o.n) filter (where o.number <> all (d.numbers)), '{}')
      from unnest(b.offered, b.offer_seqs) with ordinality as o (number, seq, n))
    from (select $1::uuid as event_id, w.booking_id as id, array_agg(w.number) as numbers
      from unnest($2::uuid[], $3::int[]) as w (booking_id, number) group by 2 offset 0) d
    where b.event_id = d.event_id and b.id = d.id and b.offered is not null`,
};

const TELL: Statement = {
  name: 'door_move_availability',
  text: 'update sales.heads set availability_version = availability_version + 1 where event_id = $1',
};

/** An offered ticket that was admitted; whose it is, for the fact. */
export type AdmittedOffer = { bookingId: string; ticketTypeId: string; number: number; buyerKey: string };

/** Asks how many of each type's offers no hold waits for; `parseSpareOffers` reads the answer. */
export function readSpareOffers(eventId: string): Call {
  return { statement: READ_SPARE, values: [eventId] };
}

/** By ticket type; a type that is not in it has nothing offered. So many of its offered tickets may still be admitted in this batch. */
export function parseSpareOffers({ rows }: CallResult): Map<string, number> {
  return new Map(rows.map(([id, spare]) => [String(id), Number(spare)]));
}

/**
 * The statements that end the offers of tickets, no more of a type than are spare, and the facts that tell of it: the caller numbers and
 * writes these with its own, and clears `resale_at` in the statement that admits the tickets. None where there are none.
 */
export function withdrawAtDoor(eventId: string, admitted: readonly AdmittedOffer[]): { calls: Call[]; facts: Fact[] } {
  if (admitted.length === 0) return { calls: [], facts: [] };
  const bookingIds = uuidArray(admitted.map((ticket) => ticket.bookingId));
  const numbers = integerArray(admitted.map((ticket) => ticket.number));
  const tickets = [eventId, bookingIds, uuidArray(admitted.map((ticket) => ticket.ticketTypeId)), numbers];
  return {
    calls: [
      { statement: DELETE_OFFERS, values: tickets },
      { statement: LOWER_TYPES, values: tickets },
      { statement: FORGET, values: [eventId, bookingIds, numbers] },
      { statement: TELL, values: [eventId] },
    ],
    facts: admitted.map(({ bookingId, buyerKey, number }) =>
      ticketFact('ticket.offer_withdrawn', { id: bookingId, buyerKey }, { numbers: [number] }),
    ),
  };
}
