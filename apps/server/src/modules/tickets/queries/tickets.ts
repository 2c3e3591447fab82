import type { Queryable, Tx } from '../../../platform/db/index.ts';
import type { TicketKey } from '../../../platform/ids/index.ts';
import type { KeyedReader } from '../../sales/index.ts';

export type Ticket = {
  number: number;
  ticketTypeId: string;
  /** Whose it is now. */
  buyerKey: string;
  /** Who booked it, where it was passed on. */
  bookedBy: string | null;
  state: 'valid' | 'revoked';
  revokedAt: Date | null;
  revokedReason: string | null;
  secret: string;
  issue: number;
  issuedAt: Date;
  offeredUntil: Date | null;
  /** Since when it is offered back, for its place to be sold again. */
  resaleAt: Date | null;
  admittedAt: Date | null;
  admittedGate: string | null;
};

const COLUMNS = `number, ticket_type_id as "ticketTypeId", buyer_key as "buyerKey", booked_by as "bookedBy", state, revoked_at as "revokedAt",
  revoked_reason as "revokedReason", secret, issue, issued_at as "issuedAt", offered_until as "offeredUntil", resale_at as "resaleAt", admitted_at as "admittedAt",
  admitted_gate as "admittedGate"`;

export type HeldPage = { eventId: string; bookingId: string; buyerKeys: readonly string[]; afterNumber: number; limit: number };

/** The tickets of a booking that some buyers hold or have booked, by number. Reads a part of the primary key, and no other booking. */
export async function readHeld(on: Queryable, { eventId, bookingId, buyerKeys, afterNumber, limit }: HeldPage): Promise<Ticket[]> {
  return on.query<Ticket>(
    `select ${COLUMNS} from tickets.tickets
     where event_id = $1 and booking_id = $2 and number > $3 and (buyer_key = any($4::uuid[]) or booked_by = any($4::uuid[]))
     order by number limit $5`,
    [eventId, bookingId, afterNumber, buyerKeys, limit],
  );
}

/** More tickets than nearly every booking has: those of larger ones are read one booking at a time. */
const GATHERED_MAX = 20;

/**
 * The first tickets of each booking, by number, whoever has them: all of them, or null where a booking has more than are read so. In the
 * order of `bookingIds`, which are each there once.
 */
export async function readTicketsOfBookings(on: Queryable, eventId: string, bookingIds: readonly string[]): Promise<(Ticket[] | null)[]> {
  const rows = await on.query<Ticket & { bookingId: string }>(
    `select t.booking_id as "bookingId", ${COLUMNS} from unnest($2::uuid[]) as k (id),
       lateral (select * from tickets.tickets where event_id = $1 and booking_id = k.id order by number limit $3) t`,
    [eventId, bookingIds, GATHERED_MAX + 1],
  );
  const byBooking = Map.groupBy(rows, ({ bookingId }) => bookingId);
  return bookingIds.map((id) => {
    const tickets = byBooking.get(id) ?? [];
    return tickets.length > GATHERED_MAX ? null : tickets;
  });
}

export async function readTicket(on: Queryable, { eventId, bookingId, number }: TicketKey): Promise<Ticket | null> {
  const rows = await on.query<Ticket>(`select ${COLUMNS} from tickets.tickets where event_id = $1 and booking_id = $2 and number = $3`, [
    eventId,
    bookingId,
    number,
  ]);
  return rows[0] ?? null;
}

export type Returnable = { number: number; buyerKey: string; isAdmitted: boolean };

/** Some tickets of a booking that are valid, as far as it matters whether they may be given back. */
export function readReturnable(
  on: Queryable,
  { eventId, bookingId, numbers }: { eventId: string; bookingId: string; numbers: readonly number[] },
): Promise<Returnable[]> {
  return on.query<Returnable>(
    `select number, buyer_key as "buyerKey", admitted_at is not null as "isAdmitted"
     from tickets.tickets where event_id = $1 and booking_id = $2 and number = any($3::int[]) and state = 'valid'`,
    [eventId, bookingId, numbers],
  );
}

export type NewIssue = TicketKey & { secret: string; buyerKey: string; bookedBy: string | null };

/** Gives a ticket a new secret, and a holder. Under the head: nobody changes it meanwhile. */
export async function issueAgain(tx: Tx, { eventId, bookingId, number, secret, buyerKey, bookedBy }: NewIssue): Promise<Ticket> {
  const [row] = await tx.query<Ticket>(
    `update tickets.tickets set secret = $4, issue = issue + 1, buyer_key = $5, booked_by = $6
     where event_id = $1 and booking_id = $2 and number = $3 returning ${COLUMNS}`,
    [eventId, bookingId, number, secret, buyerKey, bookedBy],
  );
  return row!;
}

export async function setOfferedUntil(tx: Tx, { eventId, bookingId, number }: TicketKey, untilMs: number | null): Promise<void> {
  await tx.query('update tickets.tickets set offered_until = $4 where event_id = $1 and booking_id = $2 and number = $3', [
    eventId,
    bookingId,
    number,
    untilMs === null ? null : new Date(untilMs),
  ]);
}

export type ListedTicket = Ticket & { bookingId: string };

export type ListPage = {
  eventId: string;
  after: { bookingId: string; number: number };
  bookingId: string | null;
  ticketTypeId: string | null;
  state: 'valid' | 'revoked' | null;
  isAdmitted: boolean | null;
  limit: number;
};

/** Tickets of an event, by booking and number. What is looked for is looked for in the order of the key, a page at a time. */
export async function listTickets(on: KeyedReader, page: ListPage): Promise<ListedTicket[]> {
  const { eventId, after, bookingId, ticketTypeId, state, isAdmitted, limit } = page;
  return on.query<ListedTicket>(
    `select booking_id as "bookingId", ${COLUMNS} from tickets.tickets
     where event_id = $1 and (booking_id, number) > ($2::uuid, $3::int) and ($4::uuid is null or booking_id = $4)
       and ($5::uuid is null or ticket_type_id = $5) and ($6::text is null or state = $6)
       and ($7::bool is null or (admitted_at is not null) = $7)
     order by booking_id, number limit $8`,
    [eventId, after.bookingId, after.number, bookingId, ticketTypeId, state, isAdmitted, limit],
  );
}
