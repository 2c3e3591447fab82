import type { Queryable } from '../../../../platform/db/index.ts';

export type DeskTicket = {
  bookingId: string;
  number: number;
  buyerKey: string;
  ticketTypeId: string;
  state: 'valid' | 'revoked';
  secret: string;
  issue: number;
  admittedAt: Date | null;
};

/** The tickets of some bookings, by the first columns of their key. */
export async function readTicketsOf(on: Queryable, eventId: string, bookingIds: readonly string[]): Promise<DeskTicket[]> {
  return on.query<DeskTicket>(
    `select t.booking_id as "bookingId", t.number, t.buyer_key as "buyerKey", t.ticket_type_id as "ticketTypeId", t.state, t.secret, t.issue, t.admitted_at as "admittedAt"
     from unnest($2::uuid[]) as k (id),
       lateral (select * from tickets.tickets where event_id = $1 and booking_id = k.id offset 0) t order by t.booking_id, t.number`,
    [eventId, bookingIds],
  );
}
