import type { Queryable } from '../../../../platform/db/index.ts';
import { hash } from 'node:crypto';

/** What a door without connection knows of a ticket. */
export type ListedTicket = {
  bookingId: string;
  number: number;
  buyerKey: string;
  ticketTypeId: string;
  state: 'valid' | 'revoked';
  issue: number;
  secretCheck: string;
  admittedAt: Date | null;
  leftAt: Date | null;
  gateId: string | null;
};

type Row = Omit<ListedTicket, 'secretCheck'> & { secret: string };

const COLUMNS = `t.booking_id as "bookingId", t.number, t.buyer_key as "buyerKey", t.ticket_type_id as "ticketTypeId", t.state, t.issue, t.secret,
  t.admitted_at as "admittedAt", t.left_at as "leftAt", t.admitted_gate as "gateId"`;

export type TicketPlace = { bookingId: string; number: number };
const BEFORE_ALL: TicketPlace = { bookingId: '00000000-0000-0000-0000-000000000000', number: 0 };

/** The tickets of an event by their keys, behind a place. */
export async function readTicketsAfter(
  on: Queryable,
  { eventId, after, limit }: { eventId: string; after: TicketPlace | null; limit: number },
): Promise<ListedTicket[]> {
  const { bookingId, number } = after ?? BEFORE_ALL;
  const rows = await on.query<Row>(
    `select ${COLUMNS} from tickets.tickets t where event_id = $1 and (booking_id, number) > ($2::uuid, $3::int)
     order by booking_id, number limit $4`,
    [eventId, bookingId, number, limit],
  );
  return rows.map(listed);
}

/** The tickets of some bookings, by the first columns of their key. */
export async function readTicketsOfBookings(on: Queryable, eventId: string, bookingIds: readonly string[]): Promise<ListedTicket[]> {
  const rows = await on.query<Row>(
    `select ${COLUMNS} from unnest($2::uuid[]) as k (id),
       lateral (select * from tickets.tickets where event_id = $1 and booking_id = k.id offset 0) t order by t.booking_id, t.number`,
    [eventId, bookingIds],
  );
  return rows.map(listed);
}

const CHECK_BYTES = 12;

/** A door compares the code's secret with this; whoever has the list cannot make a code of it. */
function listed({ secret, ...row }: Row): ListedTicket {
  const digest = hash('sha256', Buffer.from(secret.replaceAll('-', ''), 'hex'), 'buffer');
  return { ...row, secretCheck: digest.subarray(0, CHECK_BYTES).toString('base64url') };
}
