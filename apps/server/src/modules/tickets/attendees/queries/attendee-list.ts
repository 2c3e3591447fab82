import type { Queryable } from '../../../../platform/db/index.ts';
import type { KeyedReader } from '../../../sales/index.ts';
import type { SealedSaid } from '../attendee-vault.ts';

/** A valid ticket, with what its holder said of it and what the booker said of the booking, both sealed. */
export type ListedTicket = SealedSaid & {
  bookingId: string;
  number: number;
  ticketTypeId: string;
  buyerKey: string;
  bookedBy: string;
  bookingAnswersSealed: Buffer | null;
};

/** The last ticket of the page before. */
export type ListPlace = { bookingId: string; number: number };

const COLUMNS = `t.booking_id as "bookingId", t.number, t.ticket_type_id as "ticketTypeId", t.buyer_key as "buyerKey",
  coalesce(t.booked_by, t.buyer_key) as "bookedBy", a.name_sealed as "nameSealed", a.email_sealed as "emailSealed",
  a.answers_sealed as "answersSealed", b.answers_sealed as "bookingAnswersSealed"`;

/** What was said by who holds the ticket no more, or never booked it, is nobody's. */
const WITH_WORDS = `tickets.tickets t
  left join tickets.attendees a
    on a.event_id = t.event_id and a.booking_id = t.booking_id and a.number = t.number and a.buyer_key = t.buyer_key
  left join tickets.attendees b
    on b.event_id = t.event_id and b.booking_id = t.booking_id and b.number = 0 and b.buyer_key = coalesce(t.booked_by, t.buyer_key)`;

const BEFORE_ALL: ListPlace = { bookingId: '00000000-0000-0000-0000-000000000000', number: 0 };

export type ListPage = { eventId: string; after: ListPlace | null; limit: number };

/** Valid tickets of an event by booking and number: a range of the primary key. */
export async function readTicketPage(on: KeyedReader, { eventId, after, limit }: ListPage): Promise<ListedTicket[]> {
  const { bookingId, number } = after ?? BEFORE_ALL;
  return on.query<ListedTicket>(
    `select ${COLUMNS} from ${WITH_WORDS}
     where t.event_id = $1 and (t.booking_id, t.number) > ($2::uuid, $3::int) and t.state = 'valid'
     order by t.booking_id, t.number limit $4`,
    [eventId, bookingId, number, limit],
  );
}

/** One of them; null if there is no such ticket, or if it was given back. */
export async function readListedTicket(
  on: Queryable,
  { eventId, bookingId, number }: ListPlace & { eventId: string },
): Promise<ListedTicket | null> {
  const rows = await on.query<ListedTicket>(
    `select ${COLUMNS} from ${WITH_WORDS} where t.event_id = $1 and t.booking_id = $2 and t.number = $3 and t.state = 'valid'`,
    [eventId, bookingId, number],
  );
  return rows[0] ?? null;
}

/** The sealed names of some tickets, by booking and number; tickets without a name are left out. */
export async function readSealedNames(
  on: Queryable,
  { eventId, tickets }: { eventId: string; tickets: readonly (ListPlace & { buyerKey: string })[] },
): Promise<(ListPlace & { buyerKey: string; nameSealed: Buffer })[]> {
  return on.query(
    `select a.booking_id as "bookingId", a.number, a.buyer_key as "buyerKey", a.name_sealed as "nameSealed"
     from unnest($2::uuid[], $3::int[], $4::uuid[]) as k (booking_id, number, buyer_key)
     join tickets.attendees a on a.event_id = $1 and a.booking_id = k.booking_id and a.number = k.number and a.buyer_key = k.buyer_key
     where a.name_sealed is not null`,
    [...[eventId, tickets.map(({ bookingId }) => bookingId), tickets.map(({ number }) => number)], tickets.map(({ buyerKey }) => buyerKey)],
  );
}
