import type { Queryable } from '../../../platform/db/index.ts';
import type { Ticket } from './tickets.ts';

/** What is printed of a ticket. */
export type PrintableRow = Pick<Ticket, 'number' | 'buyerKey' | 'bookedBy' | 'issue' | 'secret'>;

export type PrintablePage = {
  eventId: string;
  bookingId: string;
  /** Theirs alone; null: whoever's they are. */
  buyerKeys: readonly string[] | null;
  from: number;
  to: number;
  limit: number;
};

/** The valid tickets of a booking, by number. Reads a part of the primary key, and no other booking. */
export function readPrintable(on: Queryable, { eventId, bookingId, buyerKeys, from, to, limit }: PrintablePage): Promise<PrintableRow[]> {
  return on.query<PrintableRow>(
    `select number, buyer_key as "buyerKey", booked_by as "bookedBy", issue, secret from tickets.tickets
     where event_id = $1 and booking_id = $2 and number between $3 and $4 and state = 'valid' and ($5::uuid[] is null or buyer_key = any($5::uuid[]))
     order by number limit $6`,
    [eventId, bookingId, from, to, buyerKeys, limit],
  );
}
